//! What a rule asks of a resource, written as data.
//!
//! A [`Condition`] describes what is wrong: it holds where the rule's part fails.

use super::answer::Answer;
use super::relation::{lacks_endpoint, lacks_logs};
use super::scene::Scene;
use super::value_test::Test;
use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::resource::Reader;
use crate::value::{Unknown, Value};

/// What is asked of a resource, or of one item of a list in it.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// It holds of every resource.
    Always,
    /// Something about one property.
    Property(Property),
    /// All of these hold.
    All(&'static [Condition]),
    /// At least one of these holds.
    Any(&'static [Condition]),
    /// This does not hold.
    Not(&'static Condition),
    /// The API version is this date or newer.
    From(&'static str),
    /// Some item of the list or map at the path is like this.
    AnyItem(&'static str, &'static Condition),
    /// No item of the list or map at the path is like this; the text says so.
    NoItem(&'static str, &'static Condition, &'static str),
    /// No private endpoint for one of these parts of the service, or for any where none is named,
    /// leads to the resource.
    NoEndpoint(&'static [&'static str]),
    /// No diagnostic setting on the resource sends logs of one of these categories or groups.
    NoLogs(&'static [&'static str]),
    /// A question of its own.
    Custom(fn(&Scene<'_>) -> Answer),
}

/// A property and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The member names from the resource, or from the item, separated by dots.
    pub path: &'static str,
    /// What is asked of its value.
    pub test: Test,
    /// What its absence means.
    pub absent: Absent,
    /// Child resources that state the same property and win over it.
    pub elsewhere: &'static [Elsewhere],
}

/// A child resource that can state its parent's property.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere {
    /// The last segment of the child's type.
    pub segment: &'static str,
    /// The child's name.
    pub name: &'static str,
    /// The member names from the child, separated by dots.
    pub path: &'static str,
}

/// What the absence of a property means. `null` and an empty text count as absent.
#[derive(Clone, Copy, Debug)]
pub enum Absent {
    /// Azure takes this value.
    Means(&'static str),
    /// There is no such value, and that is what the condition asks for.
    Holds,
    /// There is no such value, and so the condition does not hold.
    Not,
    /// It cannot be told, for this reason.
    Open(&'static str),
    /// From an API version on the first holds, before it the second.
    Since(&'static str, &'static Absent, &'static Absent),
    /// In an export the first holds, in a template to be deployed the second.
    InExport(&'static Absent, &'static Absent),
}

/// The condition that `test` holds of the property at `path`, whose absence means `absent`.
pub(super) const fn property(path: &'static str, test: Test, absent: Absent) -> Condition {
    Condition::Property(Property {
        path,
        test,
        absent,
        elsewhere: &[],
    })
}

/// The same, where child resources may state the property too.
pub(super) const fn property_or(
    path: &'static str,
    elsewhere: &'static [Elsewhere],
    test: Test,
    absent: Absent,
) -> Condition {
    Condition::Property(Property {
        path,
        test,
        absent,
        elsewhere,
    })
}

impl Condition {
    /// Whether it holds where `scene` stands. The recursion is as deep as the condition is written.
    pub fn ask(&self, scene: &Scene<'_>) -> Answer {
        match self {
            Self::Always => Answer::Yes(Vec::new()),
            Self::Property(property) => property.ask(scene),
            Self::All(parts) => Answer::all(parts.iter().map(|part| part.ask(scene))),
            Self::Any(parts) => Answer::any(parts.iter().map(|part| part.ask(scene))),
            Self::Not(inner) => match inner.ask(scene) {
                Answer::Yes(_) => Answer::No,
                Answer::No => Answer::Yes(Vec::new()),
                open @ Answer::Open(_) => open,
            },
            Self::From(version) => match scene.is_from(version) {
                Some(true) => Answer::Yes(Vec::new()),
                Some(false) => Answer::No,
                None => Answer::open(scene.version_doubt()),
            },
            Self::AnyItem(path, item) => any_item(scene, path, item),
            Self::NoItem(path, item, says) => match any_item(scene, path, item) {
                Answer::Yes(_) => Answer::No,
                Answer::No => {
                    let span = scene.here.path(path).span();
                    Answer::yes(Evidence::stated(span, *says))
                }
                open @ Answer::Open(_) => open,
            },
            Self::NoEndpoint(groups) => lacks_endpoint(scene, groups),
            Self::NoLogs(categories) => lacks_logs(scene, categories),
            Self::Custom(ask) => ask(scene),
        }
    }

    /// Every property that it asks for, in order, those within lists left out.
    pub fn properties(&self) -> Vec<&Property> {
        match self {
            Self::Property(property) => vec![property],
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().flat_map(Condition::properties).collect()
            }
            Self::Not(inner) => inner.properties(),
            _ => Vec::new(),
        }
    }
}

/// Whether some item of the list or map at `path` is like `item`.
fn any_item(scene: &Scene<'_>, path: &str, item: &Condition) -> Answer {
    let reader = scene.here.path(path);
    let Some(value) = reader.value() else {
        return Answer::No;
    };
    if let Some(unknown) = value.as_unknown() {
        return Answer::open(Doubt::of(unknown, value.span, short(path)));
    }
    let members = value.members().iter().map(|member| &member.value);
    Answer::any(
        value
            .items()
            .iter()
            .chain(members)
            .filter(|inner| !inner.is_null())
            .map(|inner| match inner.as_unknown() {
                Some(unknown) => Answer::open(Doubt::of(unknown, inner.span, short(path))),
                None => item.ask(&scene.at(Reader::new(inner))),
            }),
    )
}

impl Property {
    /// Whether its test holds where `scene` stands.
    pub fn ask(&self, scene: &Scene<'_>) -> Answer {
        let own = scene.here.path(self.path);
        let reader = self.elsewhere(scene).unwrap_or(own);
        match reader.value() {
            Some(value) => match value.as_unknown() {
                Some(unknown) => self.ask_unknown(unknown, value),
                None if is_empty_text(value) => self.ask_absent(self.absent, scene, own),
                None => self.ask_stated(value),
            },
            None => self.ask_absent(self.absent, scene, own),
        }
    }

    /// The place where a child resource states it.
    fn elsewhere<'a>(&self, scene: &Scene<'a>) -> Option<Reader<'a>> {
        self.elsewhere.iter().find_map(|other| {
            scene
                .children(other.segment)
                .filter(|child| child.short_name().eq_ignore_ascii_case(other.name))
                .map(|child| child.reader().path(other.path))
                .find(|reader| reader.value().is_some())
        })
    }

    fn ask_stated(&self, value: &Value) -> Answer {
        if let Some(holds) = self.test.holds(value) {
            return Answer::of(holds, || {
                Evidence::stated(value.span, self.test.describe(short(self.path), value))
            });
        }
        let mut doubts = Vec::new();
        value.for_each_unknown(&mut |inner, unknown| {
            doubts.push(Doubt::of(unknown, inner.span, short(self.path)));
        });
        if doubts.is_empty() {
            doubts.push(Doubt::outside(
                "unreadable-value",
                format!("{:?}|{}", value.span, self.path),
                format!("`{}` holds what it cannot hold", short(self.path)),
                format!("`{}` as Azure reports it", short(self.path)),
                value.span,
            ));
        }
        Answer::Open(doubts)
    }

    fn ask_unknown(&self, unknown: &Unknown, value: &Value) -> Answer {
        let name = short(self.path);
        // What is known of a text may be enough: `https://{…}` starts with `https://`.
        if let Some(holds) = self.test.holds_form(&unknown.symbol) {
            return Answer::of(holds, || {
                Evidence::stated(value.span, format!("{name} is {}", unknown.symbol))
            });
        }
        let tried: Option<Vec<bool>> = unknown
            .alternatives
            .iter()
            .map(|alternative| self.test.holds(alternative))
            .collect();
        let tried = tried.unwrap_or_default();
        if let Some(first) = tried.first()
            && tried.iter().all(|holds| holds == first)
        {
            return Answer::of(*first, || {
                Evidence::stated(value.span, format!("no value that {name} can take differs"))
            });
        }
        let outcomes = if tried.is_empty() {
            self.test.outcomes()
        } else {
            let words = unknown.alternatives.iter().map(super::value_test::show);
            words.zip(tried).collect()
        };
        Answer::open(Doubt::of(unknown, value.span, name).with_outcomes(outcomes))
    }

    fn ask_absent(&self, absent: Absent, scene: &Scene<'_>, own: Reader<'_>) -> Answer {
        let name = short(self.path);
        match absent {
            Absent::Means(default) => {
                let holds = self.test.holds_word(default);
                Answer::of(holds, || {
                    let says = format!("{name} is absent, which means {default}");
                    Evidence::default(own.span(), says)
                })
            }
            Absent::Holds => {
                Answer::yes(Evidence::default(own.span(), format!("{name} is absent")))
            }
            Absent::Not => Answer::No,
            Absent::Open(why) => Answer::open(Doubt::outside(
                "absent-default",
                format!("{:?}|{}", own.span(), self.path),
                why,
                format!("`{name}` as Azure reports it"),
                own.span(),
            )),
            Absent::Since(version, from, before) => match scene.is_from(version) {
                Some(true) => self.ask_absent(*from, scene, own),
                Some(false) => self.ask_absent(*before, scene, own),
                None => {
                    let from = self.ask_absent(*from, scene, own);
                    let before = self.ask_absent(*before, scene, own);
                    match (&from, &before) {
                        (Answer::Yes(_), Answer::Yes(_)) | (Answer::No, Answer::No) => from,
                        _ => Answer::open(scene.version_doubt()),
                    }
                }
            },
            Absent::InExport(export, deployment) => match scene.resource.mode {
                Mode::Export => self.ask_absent(*export, scene, own),
                Mode::Deployment => self.ask_absent(*deployment, scene, own),
            },
        }
    }
}

fn is_empty_text(value: &Value) -> bool {
    value.as_str().is_some_and(str::is_empty)
}

/// A property's path as people say it: without the `properties` in front.
pub(super) fn short(path: &str) -> &str {
    let path = path.strip_prefix("properties.").unwrap_or(path);
    path.strip_prefix("properties.").unwrap_or(path)
}
