//! States, pins and waste, worked out by hand.

use semispace_slab::{Era, Grant, Pool, SlabCounts, SlabId, SlabState, SliceId};

fn pooled(grant: Grant) -> (SlabId, SliceId, u64, bool) {
    match grant {
        Grant::Pooled { slab, fresh, slice, offset } => (slab, slice, offset, fresh),
        Grant::Unpooled => panic!("the request should have been pooled"),
    }
}

#[test]
fn a_slab_goes_from_empty_to_partial_to_full() {
    let mut pool = Pool::new(Era::Modern, 64);
    let state = |pool: &Pool| pool.slab(SlabId(0)).map(semispace_slab::Slab::state);
    assert_eq!(state(&pool), Some(SlabState::Empty));
    assert_eq!(pooled(pool.allocate(1)).2, 0);
    assert_eq!(state(&pool), Some(SlabState::Partial));
    assert_eq!(pooled(pool.allocate(31)).2, 8);
    assert_eq!(pooled(pool.allocate(24)).2, 40);
    assert_eq!(state(&pool), Some(SlabState::Full));
    assert_eq!(pooled(pool.allocate(1)), (SlabId(1), SliceId(3), 0, true));
}

#[test]
fn the_first_slab_of_0_10_comes_with_the_first_request() {
    let mut pool = Pool::new(Era::V010, 8192);
    assert_eq!(pool.current(), None);
    assert_eq!(pool.allocate(0), Grant::Unpooled);
    assert_eq!(pool.allocate(8193), Grant::Unpooled);
    assert_eq!(pooled(pool.allocate(8192)), (SlabId(0), SliceId(0), 0, true));
    assert_eq!(pool.slab(SlabId(0)).map(semispace_slab::Slab::state), Some(SlabState::Full));
}

#[test]
fn the_limits_of_the_eras_differ_by_one() {
    let mut middle = Pool::new(Era::V012, 8192);
    assert!(matches!(middle.allocate(4096), Grant::Pooled { .. }));
    let mut modern = Pool::new(Era::Modern, 8192);
    assert_eq!(modern.allocate(4096), Grant::Unpooled);
    assert!(matches!(modern.allocate(4095), Grant::Pooled { .. }));
}

#[test]
fn a_new_pool_size_moves_the_limit_at_once_but_sizes_only_the_next_slab() {
    let mut pool = Pool::new(Era::Modern, 8192);
    pool.set_size(65_536);
    assert_eq!(pooled(pool.allocate(8000)).0, SlabId(0));
    let (slab, _, offset, fresh) = pooled(pool.allocate(10_000));
    assert_eq!((slab, offset, fresh), (SlabId(1), 0, true));
    assert_eq!(pool.slab(slab).map(|slab| slab.size), Some(65_536));
}

#[test]
fn text_reserves_more_than_it_takes() {
    let mut pool = Pool::new(Era::Modern, 64);
    // 7 characters could take 28 bytes; there is room for them twice, but they take 7 bytes each time.
    for expected in [0, 8, 16, 24, 32] {
        assert_eq!(pooled(pool.allocate_at_most(7, 28)).2, expected);
    }
    assert_eq!(pooled(pool.allocate_at_most(7, 28)), (SlabId(1), SliceId(5), 0, true));
}

#[test]
fn one_byte_pins_a_slab() {
    let mut pool = Pool::new(Era::Modern, 8192);
    let mut dropped = Vec::new();
    for _ in 0..100 {
        pool.allocate(1);
        dropped.push(pooled(pool.allocate(4095)).1);
    }
    for slice in dropped {
        pool.release(slice);
    }
    let figures = pool.figures();
    assert_eq!(figures.slabs, SlabCounts { live: 100, empty: 0, partial: 100, full: 0 });
    assert_eq!((figures.reserved, figures.live), (819_200, 100));
    assert_eq!(figures.dead, 100 * 4095);
    assert_eq!(pool.pinned(8).count(), 99);
    assert_eq!(figures.pinned_by_one, 98);
    let accounted = figures.live + figures.dead + figures.padding + figures.tail + figures.free;
    assert_eq!(accounted, figures.reserved);
    assert!(figures.fragmentation() > 0.9);
}

#[test]
fn a_freed_slab_is_forgotten_with_its_slices() {
    let mut pool = Pool::new(Era::V010, 8192);
    let (slab, slice, ..) = pooled(pool.allocate(10));
    assert_eq!(pool.slab_of(slice), Some(slab));
    pool.free(slab);
    assert_eq!(pool.slab_of(slice), None);
    assert_eq!(pool.figures().slabs.live, 0);
    assert_eq!(pooled(pool.allocate(10)).0, SlabId(1));
}
