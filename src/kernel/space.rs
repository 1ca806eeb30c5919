//! Room for a few entries without an allocation.

/// A list whose first 16 entries need no allocation.
#[derive(Clone, Debug)]
pub(super) struct Space<T> {
    few: [T; FEW],
    used: usize,
    // INVARIANT: holds all entries once there are more than `few` has room for, and none before.
    many: Vec<T>,
}

const FEW: usize = 16;

impl<T: Copy + Default> Space<T> {
    pub(super) fn new() -> Self {
        Self { few: [T::default(); FEW], used: 0, many: Vec::new() }
    }

    pub(super) fn push(&mut self, entry: T) {
        if self.many.is_empty() {
            if let Some(place) = self.few.get_mut(self.used) {
                *place = entry;
                self.used = self.used.saturating_add(1);
                return;
            }
            self.many.extend_from_slice(&self.few);
        }
        self.many.push(entry);
    }

    pub(super) fn as_slice(&self) -> &[T] {
        if self.many.is_empty() { self.few.get(..self.used).unwrap_or(&[]) } else { &self.many }
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        if self.many.is_empty() { self.few.get_mut(..self.used).unwrap_or(&mut []) } else { &mut self.many }
    }
}

impl<T: Copy + Default> FromIterator<T> for Space<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut space = Self::new();
        entries.into_iter().for_each(|entry| space.push(entry));
        space
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_entry_in_order() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 100] {
            let entries: Vec<usize> = (0..count).collect();
            assert_eq!(entries.iter().copied().collect::<Space<_>>().as_slice(), entries);
        }
    }
}
