//! What an earlier report already knew.

use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// The fingerprints of an earlier report, in which only what is missing is new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    all: BTreeSet<String>,
    by_file: BTreeMap<String, BTreeSet<String>>,
}

/// Why a text is no earlier report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is no JSON.
    #[error("no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is JSON of another kind.
    #[error("neither a report of this program nor a SARIF file")]
    Other,
}

impl Baseline {
    /// The fingerprints in `text`: a JSON report, one such report a line, or a SARIF file.
    ///
    /// # Errors
    ///
    /// Why the text is none of these.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut baseline = Self::default();
        let mut any = false;
        for report in serde_json::Deserializer::from_str(text).into_iter::<Json>() {
            baseline.add(&report?)?;
            any = true;
        }
        if any {
            Ok(baseline)
        } else {
            Err(BaselineError::Other)
        }
    }

    /// Whether the earlier report of the template in `file` held `fingerprint`; where it held none
    /// of that file by itself, whether it held the fingerprint at all.
    pub fn knows(&self, file: &str, fingerprint: &str) -> bool {
        let known = self.by_file.get(file).unwrap_or(&self.all);
        known.contains(fingerprint)
    }

    fn add(&mut self, report: &Json) -> Result<(), BaselineError> {
        let list = |value: &Json, name: &str| {
            let items = value.get(name).and_then(Json::as_array);
            items.cloned().unwrap_or_default()
        };
        if report.get("schemaVersion").is_some() {
            let mut known = BTreeSet::new();
            let told = list(report, "findings");
            for one in told.iter().chain(&list(report, "deviations")) {
                known.extend(one.get("fingerprint").and_then(text));
            }
            let inputs = list(report, "inputs");
            if let ([_], Some(file)) = (
                inputs.as_slice(),
                inputs.first().and_then(|one| text(one.get("file")?)),
            ) {
                let of_file = self.by_file.entry(file).or_default();
                of_file.extend(known.iter().cloned());
            }
            self.all.extend(known);
            return Ok(());
        }
        if report.get("runs").is_none() {
            return Err(BaselineError::Other);
        }
        for run in list(report, "runs") {
            for result in list(&run, "results") {
                // What was gone then is no part of what stood.
                if result.get("baselineState").and_then(Json::as_str) == Some("absent") {
                    continue;
                }
                let own = result.pointer("/partialFingerprints/sightline~1v1");
                self.all.extend(own.and_then(text));
            }
        }
        Ok(())
    }
}

fn text(value: &Json) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_report_is_read() {
        let report = |file: &str, fingerprint: &str| {
            serde_json::json!({"schemaVersion": 1, "inputs": [{"file": file}],
                "findings": [{"fingerprint": fingerprint}]})
            .to_string()
        };
        let lines = format!("{}\n{}\n", report("a", "1"), report("b", "2"));
        let baseline = Baseline::read(&lines).unwrap();
        assert!(baseline.knows("a", "1") && !baseline.knows("a", "2"));
        assert!(baseline.knows("c", "1") && baseline.knows("c", "2"));
        let sarif = r#"{"runs": [{"results": [
            {"partialFingerprints": {"sightline/v1": "1"}},
            {"partialFingerprints": {"sightline/v1": "2"}, "baselineState": "absent"}]}]}"#;
        let baseline = Baseline::read(sarif).unwrap();
        assert!(baseline.knows("a", "1") && !baseline.knows("a", "2"));
    }

    #[test]
    fn other_texts_are_refused() {
        for other in ["", "[]", "{}", "no json"] {
            assert!(Baseline::read(other).is_err(), "{other}");
        }
    }
}
