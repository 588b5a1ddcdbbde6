//! Vectors of kind `nsg`: one packet, a subnet's and an interface's security group, and what the
//! names in them stand for.

use crate::evidence::Doubt;
use crate::flow::{AddressSet, FlowSet, PortSet, Protocol, ServiceSet, parse_prefix};
use crate::network::{
    AddressBounds, ApplicationSecurityGroups, Crossing, Direction, Fact, FilterDecision,
    FilterLevel, GroupAt, Local, NetworkSecurityGroup, PacketFilter, PublicAddressSku,
    SecurityRule, ServiceTags, Site, Surroundings, Vicinity,
};
use crate::resource::{Presence, Reader, ResourceId};
use crate::source::{FileId, Span};
use crate::value::{Text, Value, read_json};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// The answer to the vector `line`: `id`, `decision` and the rules that decide; `error` where the
/// packet is none.
pub fn answer(line: &Json) -> Json {
    let id = line.get("id").cloned().unwrap_or(Json::Null);
    match decide(line) {
        Some((decision, by)) => json!({ "id": id, "decision": decision, "by": by }),
        None => json!({ "id": id, "error": "the packet is not understood" }),
    }
}

/// The ends of a packet.
struct Packet {
    near: AddressSet,
    flows: FlowSet,
    source_ports: PortSet,
}

fn decide(line: &Json) -> Option<(&'static str, Json)> {
    let direction = match line.get("direction")?.as_str()? {
        word if word.eq_ignore_ascii_case("Outbound") => Direction::Outbound,
        _ => Direction::Inbound,
    };
    let packet = read_packet(line.get("packet")?, direction)?;
    let context = line.get("context").unwrap_or(&Json::Null);
    let groups = [group(line.get("subnetNsg")), group(line.get("nicNsg"))];
    let [subnet, interface] = &groups;
    let surroundings = Surroundings {
        own: prefixes(context.get("vnet")),
        peers: prefixes(context.get("peered")),
        on_premises: prefixes(context.get("onprem")),
        routes: prefixes(context.get("udr")),
    };
    let vicinity = Vicinity::new(&surroundings);
    let named = |member: &str| context.get(member).and_then(Json::as_object);
    let service_tags = ServiceTags::new(
        named("tags")
            .into_iter()
            .flatten()
            .map(|(tag, list)| (tag.clone(), prefixes(Some(list)).sure))
            .collect(),
    );
    let mut application_security_groups = ApplicationSecurityGroups::default();
    let mut local = Local::new("the interface", packet.near.clone());
    for (id, list) in named("asg").into_iter().flatten() {
        let id = ResourceId::new(id.as_str());
        let members = prefixes(Some(list));
        if members.sure.contains(&packet.near) {
            local.groups.insert(Text::clone(id.key()), None);
        } else {
            local.absent_groups.insert(Text::clone(id.key()));
        }
        application_security_groups.add(&id, &members, None);
    }
    if vicinity.member_space.contains(&packet.near) {
        let doubt = Doubt::outside("member", "the interface is a member", "", "", None);
        local.other_groups = Some(Arc::new(doubt));
    }
    let public_address = match context.get("viaPublicIpSku").and_then(Json::as_str) {
        Some(word) if word.eq_ignore_ascii_case("Basic") => Some(PublicAddressSku::Basic),
        Some(_) => Some(PublicAddressSku::Standard),
        None => None,
    };
    let crossing = Crossing {
        direction,
        subnet: at_level(subnet, "subnet"),
        interface: at_level(interface, "nic"),
        public_address: public_address.map(|sku| (Fact::Known(sku), nowhere())),
        source_ports: packet.source_ports,
    };
    let site = Site {
        vicinity: &vicinity,
        local: &local,
        application_security_groups: &application_security_groups,
        service_tags: &service_tags,
    };
    let decision = PacketFilter::new(&crossing, &site).decide(&packet.flows);
    Some((word(&decision), deciding(&decision)))
}

fn word(decision: &FilterDecision) -> &'static str {
    if !decision.allowed.must.is_empty() {
        "allow"
    } else if decision.allowed.may.is_empty() {
        "deny"
    } else {
        "unknown"
    }
}

fn deciding(decision: &FilterDecision) -> Json {
    let levels = decision.deciding().iter().map(|level| {
        let name = match level.level {
            FilterLevel::Subnet => "subnet",
            FilterLevel::Interface => "nic",
            FilterLevel::Platform => "platform",
        };
        let mut rules: Vec<&str> = Vec::new();
        for rule in &level.rules {
            if !rules.contains(&&*rule.name) {
                rules.push(&rule.name);
            }
        }
        json!({ "nsg": name, "rules": rules })
    });
    levels.collect()
}

/// A group of a vector: none, one outside, or one of these rules.
enum Group {
    None,
    Outside,
    Rules(Box<NetworkSecurityGroup>),
}

fn group(json: Option<&Json>) -> Group {
    match json {
        None | Some(Json::Null) => Group::None,
        Some(Json::Array(_)) => {
            let text = json.map(ToString::to_string).unwrap_or_default();
            match read_json(FileId::new(0), &text, &mut Vec::new()) {
                Ok(value) => Group::Rules(Box::new(read_group(&value))),
                Err(_) => Group::Outside,
            }
        }
        Some(_) => Group::Outside,
    }
}

fn read_group(value: &Value) -> NetworkSecurityGroup {
    let rules = Reader::new(value).items().into_iter().map(|item| {
        let name = item.at("name").text();
        let name = name.stated().cloned().unwrap_or_else(|| "unnamed".into());
        let presence = Presence::Deployed;
        SecurityRule::read(&name, item.at("properties"), item.span(), &presence)
    });
    NetworkSecurityGroup::new("group".into(), value.span, rules)
}

fn at_level<'a>(group: &'a Group, level: &str) -> GroupAt<'a> {
    match group {
        Group::None => GroupAt::None,
        Group::Rules(group) => GroupAt::Group(group),
        Group::Outside => {
            let key = format!("security group of the {level}");
            let doubt = Doubt::outside("security-group-outside", key, "", "", None);
            GroupAt::Outside(Arc::new(doubt), nowhere())
        }
    }
}

fn nowhere() -> Span {
    Span::new(FileId::new(0), 0, 0)
}

fn prefixes(list: Option<&Json>) -> AddressBounds {
    let texts = list.and_then(Json::as_array).into_iter().flatten();
    let sets = texts.filter_map(|text| parse_prefix(text.as_str()?));
    AddressBounds::exact(sets.fold(AddressSet::empty(), |all, set| all.union(&set)))
}

fn read_packet(packet: &Json, direction: Direction) -> Option<Packet> {
    let address = |member: &str| parse_prefix(packet.get(member)?.as_str()?);
    let port = |member: &str| {
        let number = packet.get(member).and_then(Json::as_u64).unwrap_or(0);
        u16::try_from(number).unwrap_or(u16::MAX)
    };
    let (source, destination) = (address("src")?, address("dst")?);
    let protocol = Protocol::parse(packet.get("protocol")?.as_str()?)?;
    let services = ServiceSet::of(protocol, PortSet::single(port("dstPort")));
    let (near, far) = match direction {
        Direction::Inbound => (destination, source),
        Direction::Outbound => (source, destination),
    };
    Some(Packet {
        near,
        flows: FlowSet::new(&far, services),
        source_ports: PortSet::single(port("srcPort")),
    })
}
