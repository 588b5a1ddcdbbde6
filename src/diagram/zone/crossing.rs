//! Counting crossings of straight lines between middles.

use super::cell::{at, put};

/// A point between pixels.
pub(super) type Spot = (f32, f32);

/// Straight lines, each as four numbers in lists of their own, so that a count runs over them at
/// once.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    from_x: Vec<f32>,
    from_y: Vec<f32>,
    to_x: Vec<f32>,
    to_y: Vec<f32>,
}

/// One line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    /// Where it starts.
    pub(super) from: Spot,
    /// Where it ends.
    pub(super) to: Spot,
}

impl Line {
    /// The line with its ends moved.
    pub(super) fn shifted(self, from: Spot, to: Spot) -> Self {
        Self {
            from: (self.from.0 + from.0, self.from.1 + from.1),
            to: (self.to.0 + to.0, self.to.1 + to.1),
        }
    }
}

impl FromIterator<Line> for Lines {
    fn from_iter<T: IntoIterator<Item = Line>>(all: T) -> Self {
        let mut lines = Self::default();
        for line in all {
            lines.push(line);
        }
        lines
    }
}

impl Lines {
    /// Takes all lines away.
    pub(super) fn clear(&mut self) {
        self.from_x.clear();
        self.from_y.clear();
        self.to_x.clear();
        self.to_y.clear();
    }

    /// Adds a line.
    pub(super) fn push(&mut self, line: Line) {
        self.from_x.push(line.from.0);
        self.from_y.push(line.from.1);
        self.to_x.push(line.to.0);
        self.to_y.push(line.to.1);
    }

    /// All lines.
    pub(super) fn iter(&self) -> impl Iterator<Item = Line> {
        (0..self.len()).map(|place| self.line(place))
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.from_x.len()
    }

    /// The line at `place`.
    pub(super) fn line(&self, place: usize) -> Line {
        Line {
            from: (at(&self.from_x, place), at(&self.from_y, place)),
            to: (at(&self.to_x, place), at(&self.to_y, place)),
        }
    }

    /// Moves the line at `place`.
    pub(super) fn set(&mut self, place: usize, line: Line) {
        put(&mut self.from_x, place, line.from.0);
        put(&mut self.from_y, place, line.from.1);
        put(&mut self.to_x, place, line.to.0);
        put(&mut self.to_y, place, line.to.1);
    }

    /// How many lines cross `line`. Lines that share an end do not cross: the product that tells
    /// the sides is exactly zero there.
    pub(super) fn crossed_by(&self, line: Line) -> i32 {
        self.marks(line).sum()
    }

    /// Adds `by` to the count of each line that crosses `line`.
    pub(super) fn tally(&self, line: Line, by: i32, counts: &mut [i32]) {
        for (count, crosses) in counts.iter_mut().zip(self.marks(line)) {
            *count += by * crosses;
        }
    }

    /// How many pairs of lines cross. Takes time in the square of the lines.
    pub(super) fn crossings(&self) -> i32 {
        let all = (0..self.len()).map(|place| self.crossed_by(self.line(place)));
        all.sum::<i32>() / 2
    }

    fn marks(&self, line: Line) -> impl Iterator<Item = i32> {
        let (ax, ay) = line.from;
        let (bx, by) = line.to;
        let (ux, uy) = (bx - ax, by - ay);
        let starts = self.from_x.iter().zip(&self.from_y);
        let ends = self.to_x.iter().zip(&self.to_y);
        starts.zip(ends).map(move |((cx, cy), (dx, dy))| {
            let side_c = ux * (cy - ay) - uy * (cx - ax);
            let side_d = ux * (dy - ay) - uy * (dx - ax);
            let (vx, vy) = (dx - cx, dy - cy);
            let side_a = vx * (ay - cy) - vy * (ax - cx);
            let side_b = vx * (by - cy) - vy * (bx - cx);
            // No branch, so that many lines are compared at once.
            i32::from(side_c * side_d < 0.0) & i32::from(side_a * side_b < 0.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_meet_at_an_end_do_not_cross() {
        let line = |a: (i16, i16), b: (i16, i16)| Line {
            from: (a.0.into(), a.1.into()),
            to: (b.0.into(), b.1.into()),
        };
        let lines: Lines = [
            line((0, 0), (10, 10)),
            line((0, 10), (10, 0)),
            line((10, 10), (3, 17)),
            line((0, 10), (20, 11)),
        ]
        .into_iter()
        .collect();
        assert_eq!(lines.crossings(), 2);
        let mut counts = vec![0; 4];
        lines.tally(lines.line(0), 1, &mut counts);
        assert_eq!(counts, [0, 1, 0, 0]);
    }
}
