//! The program of the page: the same module runs in the page and in its worker.

fn main() {
    sightline::ui::start();
}
