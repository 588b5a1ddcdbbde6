//! From where the picture is seen: plain arithmetic.

use crate::diagram::Rect;
use crate::ui::state::Camera;

/// The smallest scale.
const SMALLEST: f64 = 0.1;
/// The largest scale.
const LARGEST: f64 = 3.0;
/// The largest scale that fitting chooses: nothing gets larger than it was drawn for.
const LARGEST_FIT: f64 = 1.15;
/// The smallest scale at which names can be read.
const LEGIBLE: f64 = 0.62;
/// The scale at which they are read without effort.
const READABLE: f64 = 0.8;
/// What stays free around what is fitted, in pixels.
const MARGIN: f64 = 8.0;

/// The width and the height of a pane, in pixels.
pub(super) type Size = (f64, f64);

/// `rect` as large as it can be in the middle of a pane of `size`.
pub(super) fn fit(size: Size, rect: Rect) -> Camera {
    let (width, height) = (f64::from(rect.width.max(1)), f64::from(rect.height.max(1)));
    let free = |length: f64| (length - 2.0 * MARGIN).max(1.0);
    let scale = (free(size.0) / width)
        .min(free(size.1) / height)
        .clamp(SMALLEST, LARGEST_FIT);
    Camera {
        left: (size.0 - width * scale) / 2.0 - f64::from(rect.x) * scale,
        // What is low stands at the top, where reading begins.
        top: MARGIN.max((size.1 - height * scale) / 4.0) - f64::from(rect.y) * scale,
        scale,
    }
}

/// All of a picture, `whole`; or where that would be too small to read, `lit`, which is selected,
/// with as much around it as there is room for.
pub(super) fn fit_readable(size: Size, whole: Rect, lit: Option<Rect>) -> Camera {
    let all = fit(size, whole);
    let Some(lit) = lit.filter(|_| all.scale < LEGIBLE) else {
        return all;
    };
    let near = fit(size, lit);
    if near.scale <= all.scale {
        return all;
    }
    let scale = near.scale.min(READABLE);
    let middle = lit.center();
    let along = |from: i32, to: i32, at: i32, length: f64| {
        let (from, to) = (f64::from(from) * scale, f64::from(to) * scale);
        if to - from <= length {
            return (length - to - from) / 2.0;
        }
        // Nothing beyond the picture is shown for what could be of it.
        (length / 2.0 - f64::from(at) * scale).clamp(length - MARGIN - to, MARGIN - from)
    };
    Camera {
        left: along(whole.x, whole.right(), middle.x, size.0),
        top: along(whole.y, whole.bottom(), middle.y, size.1),
        scale,
    }
}

/// `camera` nearer by the factor `by`, with what is at `at` in the pane staying there.
pub(super) fn zoom(camera: Camera, by: f64, at: (f64, f64)) -> Camera {
    let scale = (camera.scale * by).clamp(SMALLEST, LARGEST);
    let by = scale / camera.scale;
    Camera {
        left: at.0 - (at.0 - camera.left) * by,
        top: at.1 - (at.1 - camera.top) * by,
        scale,
    }
}

/// `camera` with the picture moved by `x` and `y` pixels.
pub(super) fn pan(camera: Camera, x: f64, y: f64) -> Camera {
    Camera {
        left: camera.left + x,
        top: camera.top + y,
        ..camera
    }
}

/// `camera` moved as little as it takes to see `rect`; nearer never, farther only where it is
/// larger than the pane.
pub(super) fn reveal(camera: Camera, size: Size, rect: Rect) -> Camera {
    let wide = f64::from(rect.width) * camera.scale + 2.0 * MARGIN;
    let high = f64::from(rect.height) * camera.scale + 2.0 * MARGIN;
    if wide > size.0 || high > size.1 {
        return fit(size, rect);
    }
    let along = |from: i32, to: i32, offset: f64, length: f64| {
        let start = f64::from(from) * camera.scale + offset - MARGIN;
        let end = f64::from(to) * camera.scale + offset + MARGIN;
        if start < 0.0 {
            -start
        } else if end > length {
            length - end
        } else {
            0.0
        }
    };
    let x = along(rect.x, rect.right(), camera.left, size.0);
    let y = along(rect.y, rect.bottom(), camera.top, size.1);
    pan(camera, x, y)
}

/// Whether all of `rect` is in sight.
pub(super) fn sees(camera: Camera, size: Size, rect: Rect) -> bool {
    let at = |value: i32, offset: f64| f64::from(value) * camera.scale + offset;
    at(rect.x, camera.left) >= 0.0
        && at(rect.right(), camera.left) <= size.0
        && at(rect.y, camera.top) >= 0.0
        && at(rect.bottom(), camera.top) <= size.1
}

/// `camera` with the point `(x, y)` of the picture in the middle.
pub(super) fn center(camera: Camera, size: Size, (x, y): (f64, f64)) -> Camera {
    Camera {
        left: size.0 / 2.0 - x * camera.scale,
        top: size.1 / 2.0 - y * camera.scale,
        ..camera
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = (800.0, 600.0);

    fn seen(camera: Camera, rect: Rect) -> bool {
        sees(camera, SIZE, rect)
    }

    #[test]
    fn what_is_fitted_is_seen_whole() {
        for rect in [
            Rect::new(0, 0, 2_000, 500),
            Rect::new(-40, 90, 300, 3_000),
            Rect::new(10, 10, 20, 20),
        ] {
            assert!(seen(fit(SIZE, rect), rect), "{rect:?}");
        }
    }

    #[test]
    fn a_large_picture_shows_what_is_selected_large_enough_to_read() {
        let whole = Rect::new(0, 0, 1_600, 2_400);
        let lit = Rect::new(1_000, 1_800, 300, 200);
        let camera = fit_readable(SIZE, whole, Some(lit));
        assert!((camera.scale - READABLE).abs() < 1e-9);
        assert!(seen(camera, lit));
        assert_eq!(fit_readable(SIZE, whole, None), fit(SIZE, whole));
        let small = Rect::new(0, 0, 400, 300);
        assert_eq!(fit_readable(SIZE, small, Some(lit)), fit(SIZE, small));
    }

    #[test]
    fn zooming_keeps_the_point_in_its_place() {
        let camera = Camera::default();
        let near = zoom(camera, 2.0, (100.0, 50.0));
        let place = |camera: Camera, x: f64| (x - camera.left) / camera.scale;
        assert!((place(camera, 100.0) - place(near, 100.0)).abs() < 1e-9);
        assert!(zoom(near, 100.0, (0.0, 0.0)).scale <= LARGEST);
    }

    #[test]
    fn revealing_moves_only_what_is_out_of_sight() {
        let camera = Camera::default();
        assert_eq!(reveal(camera, SIZE, Rect::new(20, 20, 50, 50)), camera);
        let rect = Rect::new(900, 700, 50, 50);
        let moved = reveal(camera, SIZE, rect);
        assert!(seen(moved, rect));
        assert!((moved.scale - 1.0).abs() < 1e-9);
        let large = Rect::new(0, 0, 4_000, 50);
        assert!(seen(reveal(camera, SIZE, large), large));
    }
}
