//! A diagram as a self-contained SVG file.
//!
//! Only `g`, `rect`, `path` and `text` with presentation attributes: no style sheet, no `style`
//! attribute, no script, nothing from elsewhere. So the file opens in every viewer, passes any
//! content policy, and imports into drawing programs.

use super::layout::{
    Anchor, BoxPlace, ContainerPlace, EdgePlace, LabelPlace, Layout, Point, Rect, TextPlace,
};
use super::legend;
use super::palette::{Palette, Theme};
use super::scene::{Change, ContainerKind, Edge, EdgeStyle, Mark, Scene};
use super::shape;
use super::text::{FONT_FAMILY, Font};
use super::xml::Escaped;
use std::fmt::Write;

/// What an SVG file shows besides the picture.
#[derive(Clone, Copy, Debug, Default)]
pub struct SvgOptions {
    /// The colours.
    pub theme: Theme,
    /// Whether a legend and the line about what is shown stand below the picture.
    pub legend: bool,
}

/// The SVG file of a laid-out scene. The layout must be the scene's own.
pub fn write_svg(scene: &Scene, layout: &Layout, options: SvgOptions) -> String {
    let legend = if options.legend {
        legend::rows(scene, layout.width)
    } else {
        Vec::new()
    };
    let height = layout.height + legend::height(&legend);
    let mut pen = Pen {
        out: String::new(),
        palette: options.theme.palette(),
        has_path: scene.edges.iter().any(|edge| edge.hop.is_some()),
    };
    let _ = write!(
        pen.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         role=\"img\" font-family=\"{2}\">",
        layout.width,
        height,
        Escaped(FONT_FAMILY)
    );
    pen.describe(&scene.title, &scene.includes);
    pen.rect(
        Rect::new(0, 0, layout.width, height),
        0,
        pen.palette.background,
        None,
    );
    pen.zones(layout);
    for place in &layout.containers {
        pen.container(scene, place);
    }
    pen.edges(scene, layout);
    for place in &layout.boxes {
        pen.scene_box(scene, place);
    }
    pen.labels(layout);
    pen.hops(scene, layout);
    legend::write(&mut pen, &legend, layout.height);
    pen.out.push_str("</svg>\n");
    pen.out
}

/// Writes elements.
pub(super) struct Pen {
    pub(super) out: String,
    pub(super) palette: &'static Palette,
    /// Whether a path is selected, and all else is quiet.
    has_path: bool,
}

impl Pen {
    fn describe(&mut self, title: &str, description: &str) {
        if !title.is_empty() {
            let _ = write!(self.out, "<title>{}</title>", Escaped(title));
        }
        if !description.is_empty() {
            let _ = write!(self.out, "<desc>{}</desc>", Escaped(description));
        }
    }

    fn rect(&mut self, rect: Rect, radius: i32, fill: &str, border: Option<(&str, &str)>) {
        let Rect {
            x,
            y,
            width,
            height,
        } = rect;
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" fill=\"{fill}\""
        );
        if let Some((colour, dash)) = border {
            let _ = write!(self.out, " stroke=\"{colour}\"");
            if !dash.is_empty() {
                let _ = write!(self.out, " stroke-dasharray=\"{dash}\"");
            }
        }
        self.out.push_str("/>");
    }

    pub(super) fn text(&mut self, place: &TextPlace, font: Font, fill: &str) {
        let anchor = match place.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if font.bold {
            " font-weight=\"600\""
        } else {
            ""
        };
        let spacing = if font.spacing > 0 {
            " letter-spacing=\"0.6\""
        } else {
            ""
        };
        let Point { x, y } = place.at;
        let _ = write!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{weight}{spacing}{anchor} fill=\"{fill}\">{}</text>",
            font.size_px,
            Escaped(&place.text)
        );
    }

    /// A path that is stroked, not filled.
    pub(super) fn stroke(&mut self, d: &str, colour: &str, width: &str, dash: &str) {
        let _ = write!(
            self.out,
            "<path d=\"{d}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
        );
        if !dash.is_empty() {
            let _ = write!(self.out, " stroke-dasharray=\"{dash}\"");
        }
        self.out.push_str("/>");
    }

    pub(super) fn fill(&mut self, d: &str, colour: &str) {
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{colour}\"/>");
    }

    fn zones(&mut self, layout: &Layout) {
        for place in &layout.zones {
            self.rect(place.rect, 10, self.palette.zone, None);
            for line in &place.heading {
                self.text(line, Font::HEADING, self.palette.secondary);
            }
        }
    }

    fn container(&mut self, scene: &Scene, place: &ContainerPlace) {
        let Some(one) = scene.containers.get(place.container) else {
            return;
        };
        self.out.push_str("<g>");
        self.describe(&one.title, &one.description);
        let (fill, border) = self.palette.container(one.kind);
        let dash = if one.kind == ContainerKind::ManagedNetwork {
            "5 3"
        } else {
            ""
        };
        self.rect(place.rect, 8, fill, Some((border, dash)));
        self.text(&place.title, Font::TITLE, self.palette.text);
        for line in place.prefix.iter().chain(&place.subtitle) {
            self.text(line, Font::DETAIL, self.palette.secondary);
        }
        for badge in &place.badges {
            let Some(about) = one.badges.get(badge.badge) else {
                continue;
            };
            self.out.push_str("<g>");
            self.describe(&about.text, &about.description);
            self.pill(badge.rect, &badge.text, self.palette.tone(about.tone));
            self.out.push_str("</g>");
        }
        self.marks(one.mark.zip(place.mark), one.change.zip(place.change));
        self.out.push_str("</g>");
    }

    fn pill(&mut self, rect: Rect, text: &TextPlace, colour: &str) {
        self.rect(
            rect,
            rect.height / 2,
            self.palette.surface,
            Some((self.palette.strong_border, "")),
        );
        self.text(text, Font::PILL, colour);
    }

    fn scene_box(&mut self, scene: &Scene, place: &BoxPlace) {
        let Some(one) = scene.boxes.get(place.scene_box) else {
            return;
        };
        self.out.push_str("<g>");
        self.describe(&one.title, &one.description);
        let palette = self.palette;
        let dash = if one.ghost { "4 3" } else { "" };
        if one.stands_for > 1 {
            // A second card behind the first.
            let behind = Rect::new(
                place.rect.x + 3,
                place.rect.y + 3,
                place.rect.width,
                place.rect.height,
            );
            self.rect(behind, 8, palette.zone, Some((palette.strong_border, "")));
        }
        let fill = if one.ghost {
            palette.background
        } else {
            palette.surface
        };
        self.rect(place.rect, 8, fill, Some((palette.strong_border, dash)));
        let _ = write!(
            self.out,
            "<path d=\"{}\" transform=\"translate({} {}) scale({})\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
            one.icon.path(),
            place.icon.x,
            place.icon.y,
            f64::from(place.icon.width) / 24.0,
            palette.secondary,
        );
        self.text(&place.title, Font::TITLE, palette.text);
        if let Some(note) = &place.note {
            self.text(note, Font::NOTE, palette.tone(one.tone));
        }
        self.marks(one.mark.zip(place.mark), one.change.zip(place.change));
        self.out.push_str("</g>");
    }

    fn marks(&mut self, mark: Option<(Mark, Point)>, change: Option<(Change, Point)>) {
        let palette = self.palette;
        if let Some((mark, at)) = mark {
            self.mark(mark, at);
        }
        if let Some((change, at)) = change {
            let (letter, colour) = match change {
                Change::Added => ("+", palette.high),
                Change::Removed => ("−", palette.blocked),
                Change::Altered => ("·", palette.accent),
            };
            let Point { x, y } = at;
            self.rect(
                Rect::new(x - 8, y - 8, 16, 16),
                4,
                palette.surface,
                Some((colour, "")),
            );
            let place = TextPlace {
                text: letter.to_owned(),
                at: Point { x, y: y + 4 },
                anchor: Anchor::Middle,
                cut: false,
            };
            self.text(&place, Font::TITLE, colour);
        }
    }

    pub(super) fn mark(&mut self, mark: Mark, at: Point) {
        let colour = self.palette.mark(mark);
        let d = shape::mark(mark, at);
        if mark == Mark::Undetermined {
            let surface = self.palette.surface;
            let _ = write!(
                self.out,
                "<path d=\"{d}\" fill=\"{surface}\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\"/>"
            );
        } else {
            let _ = write!(
                self.out,
                "<path d=\"{d}\" fill=\"{colour}\" stroke=\"{}\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>",
                self.palette.surface
            );
        }
        let (letter, down) = shape::mark_letter(mark);
        let place = TextPlace {
            text: letter.to_owned(),
            at: Point {
                x: at.x,
                y: at.y + down,
            },
            anchor: Anchor::Middle,
            cut: false,
        };
        let ink = if mark == Mark::Undetermined {
            colour
        } else {
            self.palette.on_mark
        };
        self.text(&place, Font::MARK, ink);
    }

    fn edges(&mut self, scene: &Scene, layout: &Layout) {
        let mut drawn: Vec<(&EdgePlace, &Edge)> = (layout.edges.iter())
            .filter_map(|place| Some((place, scene.edges.get(place.edge)?)))
            .collect();
        // What matters most is drawn last, on top.
        drawn.sort_by_key(|(_, edge)| (edge.hop.is_some(), std::cmp::Reverse(edge.style)));
        for (place, edge) in drawn {
            let quiet = self.has_path && edge.hop.is_none();
            let _ = write!(
                self.out,
                "<g{}>",
                if quiet { " opacity=\"0.45\"" } else { "" }
            );
            self.describe(&edge.label, &edge.description);
            self.edge(place, edge);
            self.out.push_str("</g>");
        }
    }

    fn edge(&mut self, place: &EdgePlace, edge: &Edge) {
        let colour = if edge.hop.is_some() {
            self.palette.critical
        } else {
            self.palette.edge(edge.style)
        };
        let (width, dash) = match edge.style {
            _ if edge.hop.is_some() => ("3", ""),
            EdgeStyle::Identity | EdgeStyle::Plumbing => ("1.25", ""),
            style => ("1.6", dash(style)),
        };
        let blocked = edge.style == EdgeStyle::Blocked && edge.hop.is_none();
        let short = if blocked { 6 } else { 7 };
        let d = if place.backwards {
            let back: Vec<Point> = place.points.iter().rev().copied().collect();
            shape::line(&back, 0)
        } else {
            shape::line(&place.points, short)
        };
        self.stroke(&d, colour, width, dash);
        if blocked {
            self.stroke(&shape::bar(&place.points), colour, "2", "");
        } else {
            self.fill(&shape::arrow(&place.points), colour);
        }
    }

    fn labels(&mut self, layout: &Layout) {
        let edges = layout.edges.iter().filter_map(|edge| edge.label.as_ref());
        let bundles = layout
            .bundles
            .iter()
            .filter_map(|bundle| bundle.label.as_ref());
        let labels: Vec<&LabelPlace> = edges.chain(bundles).collect();
        for label in labels {
            self.pill(label.rect, &label.text, self.palette.secondary);
        }
    }

    fn hops(&mut self, scene: &Scene, layout: &Layout) {
        for place in &layout.edges {
            let Some(hop) = scene.edges.get(place.edge).and_then(|edge| edge.hop) else {
                continue;
            };
            let Point { x, y } = place.marker;
            let circle = format!("M{} {y}a9 9 0 1 0 18 0a9 9 0 1 0-18 0z", x - 9);
            self.fill(&circle, self.palette.critical);
            let number = TextPlace {
                text: hop.to_string(),
                at: Point { x, y: y + 4 },
                anchor: Anchor::Middle,
                cut: false,
            };
            self.text(&number, Font::MARK, self.palette.on_mark);
        }
    }
}

/// The dashes of a line.
pub(super) fn dash(style: EdgeStyle) -> &'static str {
    match style {
        EdgeStyle::Blocked => "6 4",
        EdgeStyle::Conditional => "1 4",
        EdgeStyle::Undetermined => "7 3 1 3",
        _ => "",
    }
}
