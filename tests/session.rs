//! A Delphi panel from sheet to verdict.
