//! Reading and writing lists by place without a panic: a place that does not exist reads as the
//! default and is not written.

/// The value at `place`, or the default.
pub(super) fn at<T: Copy + Default>(list: &[T], place: usize) -> T {
    list.get(place).copied().unwrap_or_default()
}

/// The inner list at `place`, or an empty one.
pub(super) fn row<T>(list: &[Vec<T>], place: usize) -> &[T] {
    list.get(place).map_or(&[], Vec::as_slice)
}

/// Writes `value` at `place`, where there is one.
pub(super) fn put<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

/// Adds to the value at `place`, where there is one.
pub(super) fn add<T: std::ops::AddAssign>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot += value;
    }
}

/// Raises the value at `place` to at least `value`.
pub(super) fn raise(list: &mut [i32], place: usize, value: i32) {
    if let Some(slot) = list.get_mut(place) {
        *slot = (*slot).max(value);
    }
}

/// Adds `value` to the inner list at `place`, where there is one.
pub(super) fn push<T>(list: &mut [Vec<T>], place: usize, value: T) {
    if let Some(inner) = list.get_mut(place) {
        inner.push(value);
    }
}

/// A length or a sum as a pixel number; what does not fit saturates.
pub(super) fn px(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / 4)
}
