/** 1 in the build for processors with fused multiply-add, 0 in the portable one; set by scripts/lib/wasm-kernels.mjs. */
declare const FMA: i32
