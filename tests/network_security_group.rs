//! Security groups answer their vectors.

use serde_json::Value;

#[test]
fn every_vector_is_answered_as_expected() {
    let mut count = 0;
    for line in include_str!("cases/network_security_group.jsonl").lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        if vector.get("id").is_none() {
            continue;
        }
        count += 1;
        let answer = sightline::conformance::network_security_group::answer(&vector);
        let expected = &vector["expect"];
        assert_eq!(answer["decision"], expected["decision"], "{}", vector["id"]);
        assert_eq!(answer["by"], expected["by"], "{}", vector["id"]);
    }
    assert_eq!(count, 50);
}
