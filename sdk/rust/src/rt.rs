//! What the generated bindings ask of their runtime. wit-bindgen's own crate has it as well, and much that is not needed here.

use std::alloc::{alloc, dealloc, handle_alloc_error, realloc, Layout};

/// Memory that a list is handed over in, freed when this is dropped.
pub struct Cleanup {
    at: *mut u8,
    layout: Layout,
}

impl Cleanup {
    /// Allocates; nothing has to be freed where nothing is needed.
    pub fn new(layout: Layout) -> (*mut u8, Option<Self>) {
        if layout.size() == 0 {
            return (std::ptr::null_mut(), None);
        }
        let at = unsafe { alloc(layout) };
        if at.is_null() {
            handle_alloc_error(layout);
        }
        (at, Some(Self { at, layout }))
    }

    /// Leaves the memory to whoever was given it.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        unsafe { dealloc(self.at, self.layout) }
    }
}

/// The host makes room here for what it hands over.
///
/// # Safety
/// As of `realloc`: `old` is null, or was allocated here with this size and alignment.
#[cfg(target_arch = "wasm32")]
#[export_name = "cabi_realloc"]
pub unsafe extern "C" fn cabi_realloc(old: *mut u8, old_size: usize, align: usize, size: usize) -> *mut u8 {
    let room = |bytes| Layout::from_size_align_unchecked(bytes, align);
    let at = match (old_size, size) {
        (0, 0) => return align as *mut u8,
        (0, _) => alloc(room(size)),
        _ => realloc(old, room(old_size), size),
    };
    if at.is_null() {
        handle_alloc_error(room(size));
    }
    at
}

/// Keeps `cabi_realloc` in the module.
pub fn maybe_link_cabi_realloc() {}

/// Runs static constructors before the first call: the linker leaves that to a module without a start of its own.
#[cfg(target_arch = "wasm32")]
pub fn run_ctors_once() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static DONE: AtomicBool = AtomicBool::new(false);
    extern "C" {
        fn __wasm_call_ctors();
    }
    if !DONE.swap(true, Ordering::Relaxed) {
        unsafe { __wasm_call_ctors() }
    }
}
