//! How wide a text is, and where it is cut.
//!
//! Widths come from a fixed table, so the layout is the same everywhere and needs no browser. The
//! table holds for each character the widest of three families that a system's sans resolves to
//! (Inter, Roboto, and the metrics that Arial and Liberation Sans share), so a drawn text is rarely
//! wider than measured.

/// The families to draw in: those that the table was made from come first.
pub const FONT_FAMILY: &str =
    "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// Advances of the characters from space to tilde, in thousandths of the font size, regular weight.
const REGULAR: [u16; 95] = [
    281, 288, 466, 633, 642, 982, 667, 300, 365, 365, 501, 662, 288, 460, 288, 413, 631, 562, 610,
    618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 556, 1015, 690, 667, 730, 722, 667,
    611, 778, 743, 278, 571, 672, 565, 903, 753, 778, 667, 778, 722, 667, 646, 744, 690, 985, 682,
    679, 629, 365, 411, 365, 471, 556, 333, 562, 612, 571, 612, 583, 370, 613, 591, 243, 242, 549,
    243, 877, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 680,
];

/// The same in semi-bold.
const BOLD: [u16; 95] = [
    278, 333, 523, 644, 650, 1004, 722, 326, 373, 373, 540, 673, 319, 465, 319, 380, 660, 571, 623,
    636, 666, 612, 640, 576, 640, 640, 333, 333, 673, 673, 673, 611, 999, 728, 722, 737, 722, 667,
    611, 778, 746, 288, 580, 722, 611, 922, 759, 778, 667, 778, 722, 667, 660, 736, 728, 1020, 720,
    713, 652, 373, 419, 373, 584, 556, 351, 574, 624, 583, 624, 591, 389, 625, 612, 278, 278, 569,
    278, 900, 612, 611, 624, 624, 397, 556, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
];

/// The size, weight and spacing of a text's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// The font size, in pixels.
    pub size_px: i32,
    /// Whether it is drawn semi-bold (weight 600).
    pub bold: bool,
    /// Extra space after each character, in thousandths of a pixel.
    pub spacing: i32,
}

impl Font {
    /// Names of boxes and containers.
    pub const TITLE: Self = Self::of(12, true, 0);
    /// Verdicts in boxes.
    pub const NOTE: Self = Self::of(11, true, 0);
    /// Prefixes, second lines of headers.
    pub const DETAIL: Self = Self::of(11, false, 0);
    /// Badges and labels on lines.
    pub const PILL: Self = Self::of(10, false, 0);
    /// Letters of marks and numbers of hops.
    pub const MARK: Self = Self::of(11, true, 0);
    /// Headings of zones, in capitals.
    pub const HEADING: Self = Self::of(10, true, 600);

    const fn of(size_px: i32, bold: bool, spacing: i32) -> Self {
        Self {
            size_px,
            bold,
            spacing,
        }
    }

    /// The width of `text`, in pixels, rounded up.
    pub fn width_px(self, text: &str) -> i32 {
        let thousandths: i64 = text
            .chars()
            .map(|character| {
                i64::from(advance(character, self.bold)) * i64::from(self.size_px)
                    + i64::from(self.spacing)
            })
            .sum();
        i32::try_from((thousandths + 999) / 1000).unwrap_or(i32::MAX / 4)
    }

    /// `text` on one line of at most `room_px`, cut at its end where it is longer, and whether it
    /// was cut.
    pub fn fit(self, text: &str, room_px: i32) -> (String, bool) {
        self.shorten(text, room_px, 0)
    }

    /// Like [`Font::fit`], but cut before the last few characters: names of resources often differ
    /// only there.
    pub fn fit_name(self, text: &str, room_px: i32) -> (String, bool) {
        self.shorten(text, room_px, 4)
    }

    fn shorten(self, text: &str, room_px: i32, tail_length: usize) -> (String, bool) {
        let text = plain(text);
        if self.width_px(&text) <= room_px {
            return (text, false);
        }
        let length = text.chars().count();
        let tail: String = if length > 3 * tail_length {
            text.chars().skip(length - tail_length).collect()
        } else {
            String::new()
        };
        let end = format!("…{tail}");
        let mut room = i64::from(room_px - self.width_px(&end)) * 1000;
        let mut cut = String::new();
        for character in text.chars() {
            room -= i64::from(advance(character, self.bold)) * i64::from(self.size_px)
                + i64::from(self.spacing);
            if room < 0 {
                break;
            }
            cut.push(character);
        }
        let kept = cut.trim_end().len();
        cut.truncate(kept);
        cut.push_str(&end);
        (cut, true)
    }
}

/// `text` on one line and without characters that are invisible or turn the direction of writing.
pub fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            other if is_hidden(other) => line.push('\u{fffd}'),
            other => line.push(other),
        }
    }
    line
}

/// Whether a character is a control, a mark of writing direction, invisible, or no character.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(character) & 0xfffe == 0xfffe
}

/// The advance of a character, in thousandths of the font size.
fn advance(character: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &REGULAR };
    let code = u32::from(character);
    if let Some(place) = code.checked_sub(32)
        && let Some(width) = usize::try_from(place)
            .ok()
            .and_then(|place| table.get(place))
    {
        return *width;
    }
    match code {
        0xb7 => 333,
        0x300..=0x36f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6 => 1000,
        0x2010..=0x2015 => 667,
        0x2026 | 0x2190..=0x2bff | 0xfffd | 0x1_0000.. => 1100,
        _ => 780,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_fits_its_room_and_keeps_its_end_where_it_is_a_name() {
        for room in [20, 40, 80, 160] {
            for text in [
                "stmlprodweu001",
                "a rather long note about access",
                "日本語の名前です",
            ] {
                let (cut, _) = Font::TITLE.fit(text, room);
                assert!(Font::TITLE.width_px(&cut) <= room, "{cut} in {room}");
            }
        }
        let (cut, was_cut) = Font::TITLE.fit_name("stmlprodwesteurope001", 90);
        assert!(
            was_cut && cut.ends_with("…e001") && cut.starts_with("stml"),
            "{cut}"
        );
        assert_eq!(Font::TITLE.fit("short", 90), ("short".to_owned(), false));
    }

    #[test]
    fn lines_and_hidden_characters_become_harmless() {
        assert_eq!(plain("a\r\nb\tc"), "a b c");
        assert_eq!(
            plain("a\u{202e}b\u{0}c\u{feff}"),
            "a\u{fffd}b\u{fffd}c\u{fffd}"
        );
    }

    #[test]
    fn widths_add_up() {
        let whole = Font::DETAIL.width_px("10.20.0.0/16");
        let parts = Font::DETAIL.width_px("10.20.") + Font::DETAIL.width_px("0.0/16");
        assert!((whole - parts).abs() <= 1);
    }
}
