//! A finding as JSON: its figures under their ids, and the reason only where it is accepted.

use super::{Evidence, Finding, Severity};
use serde::ser::{Serialize, SerializeStruct, Serializer};

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 7)?;
        fields.serialize_field("code", self.code)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("remedy", self.remedy)?;
        fields.serialize_field("evidence", &EvidenceMap(&self.evidence))?;
        fields.serialize_field("where", &self.location)?;
        match &self.accepted {
            Some(reason) => fields.serialize_field("accepted", reason)?,
            None => fields.skip_field("accepted")?,
        }
        fields.end()
    }
}

/// The figures of a finding under their ids.
struct EvidenceMap<'f>(&'f [Evidence]);

impl Serialize for EvidenceMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|evidence| (&evidence.figure, &evidence.value)))
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
