//! The picture as a file of draw.io, with containers that hold what stands in them and labels that
//! can be edited.

use super::{COLOURS, colour, is_broken, label};
use crate::diagram::{EdgeStyle, Escaped, Layout, NodeId, Rect, Scene, Tone};
use crate::report::plain::plain;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The picture of `scene`, laid out as `layout`, as an uncompressed draw.io file. Frames are
/// containers, zones frames around them; lines end at the boxes, and draw.io leads them.
pub fn write_drawio(scene: &Scene, layout: &Layout) -> String {
    let mut drawing = Drawing {
        scene,
        out: String::new(),
        placed: BTreeMap::new(),
    };
    let _ = writeln!(
        drawing.out,
        "<mxfile host=\"sightline\"><diagram id=\"estate\" name=\"{}\">\
         <mxGraphModel grid=\"1\" gridSize=\"10\" page=\"0\" pageWidth=\"{}\" pageHeight=\"{}\" \
         background=\"{}\"><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>",
        Escaped(&scene.title),
        layout.width,
        layout.height,
        COLOURS.background
    );
    drawing.zones(layout);
    drawing.frames(layout);
    drawing.boxes(layout);
    drawing.edges();
    drawing
        .out
        .push_str("</root></mxGraphModel></diagram></mxfile>\n");
    drawing.out
}

/// Text is text: without `html=0` draw.io would take labels for HTML.
const TEXT: &str = "html=0;whiteSpace=wrap;fontSize=12;";

struct Drawing<'a> {
    scene: &'a Scene,
    out: String,
    /// The cells of frames and boxes, with where they stand on the whole.
    placed: BTreeMap<&'a NodeId, (String, Rect)>,
}

impl Drawing<'_> {
    /// A cell called `id` at `rect`, which holds `lines` and stands in `parent`.
    fn cell(
        &mut self,
        id: &str,
        lines: &[&str],
        style: &str,
        parent: Option<(&str, Rect)>,
        rect: Rect,
    ) {
        let (parent, origin) = match parent {
            Some((parent, outer)) => (parent, (outer.x, outer.y)),
            None => ("1", (0, 0)),
        };
        let _ = writeln!(
            self.out,
            "<mxCell id=\"{id}\" value=\"{}\" style=\"{style}\" vertex=\"1\" parent=\"{parent}\">\
             <mxGeometry x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" as=\"geometry\"/></mxCell>",
            value(lines),
            rect.x - origin.0,
            rect.y - origin.1,
            rect.width,
            rect.height
        );
    }

    fn zones(&mut self, layout: &Layout) {
        for (at, place) in layout.zones.iter().enumerate() {
            let title = self.scene.headings.get(&place.zone);
            let title = title.map_or(place.zone.title(), String::as_str);
            let style = format!(
                "rounded=0;{TEXT}verticalAlign=top;align=left;spacingLeft=8;fontStyle=1;\
                 connectable=0;fillColor={};strokeColor={};fontColor={};",
                COLOURS.zone, COLOURS.border, COLOURS.secondary
            );
            self.cell(&format!("z{at}"), &[title], &style, None, place.rect);
        }
    }

    /// Frames in the order of the layout, in which the outer one comes first.
    fn frames(&mut self, layout: &Layout) {
        let mut places: Vec<_> = layout.containers.iter().collect();
        places.sort_by_key(|place| place.depth);
        for (at, place) in places.into_iter().enumerate() {
            let Some(frame) = self.scene.containers.get(place.container) else {
                continue;
            };
            let (fill, border) = COLOURS.container(frame.kind);
            let style = format!(
                "container=1;collapsible=0;rounded=1;arcSize=3;{TEXT}verticalAlign=top;align=left;\
                 spacingLeft=8;fontStyle=1;fillColor={fill};strokeColor={border};fontColor={};",
                COLOURS.text
            );
            let id = format!("f{at}");
            let parent = self.parent(frame.parent.as_ref(), place.rect);
            let parent = parent.as_ref().map(|(id, rect)| (id.as_str(), *rect));
            let lines = [&*frame.title, &*frame.prefix, &*frame.subtitle];
            self.cell(&id, &lines, &style, parent, place.rect);
            self.placed.insert(&frame.id, (id, place.rect));
        }
    }

    fn boxes(&mut self, layout: &Layout) {
        for (at, place) in layout.boxes.iter().enumerate() {
            let Some(one) = self.scene.boxes.get(place.scene_box) else {
                continue;
            };
            let (stroke, text) = match one.tone {
                Tone::Neutral => (COLOURS.strong_border, COLOURS.text),
                tone => (COLOURS.tone(tone), COLOURS.text),
            };
            let dashed = if one.ghost { "dashed=1;" } else { "" };
            let style = format!(
                "rounded=1;arcSize=8;{TEXT}{dashed}fillColor={};strokeColor={stroke};\
                 fontColor={text};",
                COLOURS.surface
            );
            let id = format!("b{at}");
            let parent = self.parent(one.container.as_ref(), place.rect);
            let parent = parent.as_ref().map(|(id, rect)| (id.as_str(), *rect));
            let lines = [&*one.title, &*one.kind, &*one.note];
            self.cell(&id, &lines, &style, parent, place.rect);
            self.placed.insert(&one.id, (id, place.rect));
        }
    }

    /// The frame called `id`, where it is drawn and `rect` begins in it.
    fn parent(&self, id: Option<&NodeId>, rect: Rect) -> Option<(String, Rect)> {
        let (cell, outer) = self.placed.get(id?)?;
        let begins_in = outer.x <= rect.x && outer.y <= rect.y && rect.x < outer.right();
        begins_in.then(|| (cell.clone(), *outer))
    }

    fn edges(&mut self) {
        for (at, edge) in self.scene.edges.iter().enumerate() {
            let ends = (self.placed.get(&edge.from), self.placed.get(&edge.to));
            let (Some((from, _)), Some((to, _))) = ends else {
                continue;
            };
            let dashed = i32::from(is_broken(edge.style));
            let end = match edge.style {
                EdgeStyle::Plumbing => "none",
                EdgeStyle::Blocked => "cross",
                _ => "classic",
            };
            let text = label(edge);
            let _ = writeln!(
                self.out,
                "<mxCell id=\"e{at}\" value=\"{}\" style=\"edgeStyle=orthogonalEdgeStyle;rounded=1;\
                 html=0;fontSize=10;dashed={dashed};endArrow={end};strokeColor={};\" edge=\"1\" \
                 parent=\"1\" source=\"{from}\" target=\"{to}\">\
                 <mxGeometry relative=\"1\" as=\"geometry\"/></mxCell>",
                value(&[&text]),
                colour(edge.style)
            );
        }
    }
}

/// The lines that are there as one attribute, with line breaks between them.
fn value(lines: &[&str]) -> String {
    let lines = lines.iter().filter(|line| !line.is_empty());
    let lines: Vec<String> = lines
        .map(|line| Escaped(&plain(line)).to_string())
        .collect();
    lines.join("&#10;")
}
