//! How deep brackets are nested, before the scanner sees them: it takes time quadratic in that depth.

/// Where a bracket could be nested deeper than `most`, if anywhere.
///
/// Counting raw bytes does not do: `{"}": {"}": …` looks closed at every step and is a level deeper at every step. So this
/// reads flow style with the scanner's own rules for quotes, comments and names, and does so from every bracket that may
/// begin a flow collection. What is text in truth (a bracket in a paragraph) starts a reading that goes astray, hence
/// several readings run at once. Readings in the same state are one, the deeper, which bounds the work by the number of
/// states. The result is never less than the true depth.
pub(super) fn too_many(bytes: &[u8], most: usize) -> Option<usize> {
    if bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() <= most {
        return None;
    }
    // The depth of the reading in each state, 0 where there is none.
    let mut readings = [0_u8; STATES];
    let mut alive = 0_u32;
    let mut at = 0;
    loop {
        if alive == 0 {
            // Block style, where nothing matters but the next bracket.
            let rest = bytes.get(at..)?;
            at += rest.iter().position(|byte| matches!(byte, b'[' | b'{'))?;
        }
        let byte = *bytes.get(at)?;
        let line_break = match bytes.get(at..) {
            Some([b'\n' | b'\r', ..]) => 1,
            Some([0xc2, 0x85, ..]) => 2,
            Some([0xe2, 0x80, 0xa8 | 0xa9, ..]) => 3,
            _ => 0,
        };
        let next = bytes.get(at + 1).copied();
        let mut after = [0_u8; STATES];
        let mut still = 0_u32;
        while alive != 0 {
            let state = alive.trailing_zeros() as usize;
            alive &= alive - 1;
            let depth = readings.get(state).copied().unwrap_or(0);
            let (state, depth) = step(state, depth, byte, next, line_break > 0);
            if usize::from(depth) > most {
                return Some(at);
            }
            if depth > 0
                && let Some(slot) = after.get_mut(state)
            {
                *slot = depth.max(*slot);
                still |= 1 << state;
            }
        }
        if matches!(byte, b'[' | b'{') && may_begin(bytes, at) {
            if most == 0 {
                return Some(at);
            }
            if let Some(slot) = after.get_mut(TOKEN) {
                *slot = (*slot).max(1);
            }
            still |= 1 << TOKEN;
        }
        readings = after;
        alive = still;
        at += line_break.max(1);
    }
}

/// Whether a token may begin at `at` in block style: at the start of a line, and after `- `, `? `, `: `, `&name `, `!tag `.
/// In doubt it may.
fn may_begin(bytes: &[u8], at: usize) -> bool {
    let Some(mut earlier) = bytes.get(..at) else {
        return true;
    };
    let mut adjacent = true;
    loop {
        match earlier {
            [rest @ .., b' ' | b'\t'] | [rest @ .., 0xef, 0xbb, 0xbf] => earlier = rest,
            [.., b'\n' | b'\r' | 0x85 | 0xa8 | 0xa9] | [] => return true,
            _ if adjacent => return false,
            [.., b'-' | b'?' | b':'] => return true,
            _ => break,
        }
        adjacent = false;
    }
    // A name that is longer is not worth the search for its beginning.
    let near = earlier.len().saturating_sub(100);
    let word =
        earlier.get(near..).and_then(|near| near.rsplit(|byte| byte.is_ascii_whitespace()).next()).unwrap_or(earlier);
    word.len() >= 100 || matches!(word.first(), Some(b'&' | b'!' | 0x80..))
}

const TOKEN: usize = 0;
const PLAIN: usize = 1;
const PLAIN_BLANK: usize = 2;
const DOUBLE: usize = 3;
const ESCAPE: usize = 4;
const SINGLE: usize = 5;
const SINGLE_QUOTE: usize = 6;
const COMMENT: usize = 7;
const NAME: usize = 8;
const TAG: usize = 9;
// A power of two, for the compiler.
const STATES: usize = 16;

/// One byte of flow style: the state and the depth after it. A malformed document may be misread, since the scanner stops
/// there.
fn step(state: usize, depth: u8, byte: u8, next: Option<u8>, line_break: bool) -> (usize, u8) {
    let white = line_break || matches!(byte, b' ' | b'\t');
    let state = match state {
        DOUBLE => match byte {
            b'"' => TOKEN,
            b'\\' => ESCAPE,
            _ => DOUBLE,
        },
        ESCAPE => DOUBLE,
        SINGLE if byte == b'\'' => SINGLE_QUOTE,
        SINGLE => SINGLE,
        SINGLE_QUOTE if byte == b'\'' => SINGLE,
        COMMENT if line_break => TOKEN,
        COMMENT => COMMENT,
        TAG if white || byte == b',' => TOKEN,
        TAG => TAG,
        NAME if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') => NAME,
        PLAIN | PLAIN_BLANK => match byte {
            b'[' | b'{' => return (TOKEN, depth + 1),
            b']' | b'}' => return (TOKEN, depth.saturating_sub(1)),
            b',' => TOKEN,
            b':' if next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, 0xc2 | 0xe2)) => TOKEN,
            b'#' if state == PLAIN_BLANK => COMMENT,
            _ if white => PLAIN_BLANK,
            _ => PLAIN,
        },
        // At the start of a token, and after a name or a quoted text.
        _ => match byte {
            b'[' | b'{' => return (TOKEN, depth + 1),
            b']' | b'}' => return (TOKEN, depth.saturating_sub(1)),
            b'"' => DOUBLE,
            b'\'' => SINGLE,
            b'#' => COMMENT,
            b'&' | b'*' => NAME,
            b'!' => TAG,
            b',' | b':' | b'?' => TOKEN,
            _ if white => TOKEN,
            _ => PLAIN,
        },
    };
    (state, depth)
}
