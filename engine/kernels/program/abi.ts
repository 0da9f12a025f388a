// The language between the session and the fast kernels: where a training program's numbers stand in memory.
//
// A program is a list of operations over one linear memory, the arena. The session writes it once; a kernel
// (WebAssembly or native) then runs it for many batches in one call. Everything is little-endian; addresses are byte
// offsets from the arena's start and multiples of 64; sizes and strides ("ld...", "...STRIDE") are counted in
// elements of the program's element type T (float32 or float64). Every array of examples is row-major, one example a
// row; what lies between a row's width and its stride ("padding") holds zeros and must stay zero or be left alone:
// gradients written there must be 0.
//
// This file is read three times: as TypeScript by the session, as AssemblyScript by the WebAssembly kernels, and,
// line by line, by the build of the native kernel, which turns each constant into C++. So it holds nothing but
// `export const NAME = <integer>` and comments.
//
// What each operation computes is what the reference in engine/network, engine/kernels, engine/optimizers and
// engine/metrics computes, with the same roundings in the same order: the results are the same bits.
//
// Threads: all threads of a program run all operations. Operations on examples take the rows of their own thread
// (the same rows in every such operation), those on parameters the panels or chunks of their own thread; BARRIER
// waits for all. Operations that sum up (LOSS_SUM, NORM) are computed by every thread for itself, so that all
// threads decide alike; the first one (thread 0) writes what the session reads.
// Rows of thread t of T: floor(rows t / T) to floor(rows (t + 1) / T); panels and chunks alike.

// ---- program header: int32 words ------------------------------------------------------------------------------

export const PROGRAM_BYTES = 256
/** Address of the operations, one behind another. */
export const PROGRAM_OPERATIONS = 0
export const PROGRAM_OPERATION_COUNT = 1
/** FLOAT32 or FLOAT64: the element type T. */
export const PROGRAM_ELEMENT = 2
export const PROGRAM_THREADS = 3
/** Address of the step records. */
export const PROGRAM_STEPS = 4
/** Written by thread 0 when a call ends: one of the STATUS_ values. */
export const PROGRAM_STATUS = 5
/** Address of the barrier: an int32 count of arrivals at + 0, an int32 generation at + 64; used with atomics. */
export const PROGRAM_BARRIER = 6
/** Address of one scratch area a thread, each of PROGRAM_SCRATCH_BYTES (512 KiB + 64 bytes a row). */
export const PROGRAM_SCRATCH = 7
export const PROGRAM_SCRATCH_BYTES = 8
/** Address of one int32 a thread, 64 bytes apart: not 0 where this step's update left a number that is not finite. */
export const PROGRAM_FLAGS = 9

export const FLOAT32 = 0
export const FLOAT64 = 1

/** All steps asked for are done. */
export const STATUS_DONE = 0
/** The sum of losses of the last step run is not finite; nothing was updated in it. */
export const STATUS_LOSS = 1
/** The gradient's norm is not finite; nothing was updated in that step. */
export const STATUS_GRADIENT = 2
/** The update left parameters that are not finite. */
export const STATUS_PARAMETERS = 3

// ---- step records ---------------------------------------------------------------------------------------------
// run(program, first, count, thread) runs the operations for the records first to first + count - 1, and returns how
// many it ran; after a status other than STATUS_DONE it stops, the record of that step being the last one written.

export const STEP_BYTES = 128
/** int32: where in the order of examples the batch begins. */
export const STEP_START = 0
/** int32: examples of the batch. */
export const STEP_ROWS = 4
/** float64: what every gradient of the loss is divided by. */
export const STEP_DIVISOR = 8
/** float64, already rounded to T: learning rate (negative for ascent); Adam's step size. */
export const STEP_RATE = 16
/** float64, already rounded to T: Adam's sqrt(1 - beta2^t). */
export const STEP_SPREAD = 24
/** float64, already rounded to T: AdamW's 1 - rate decay. */
export const STEP_KEPT = 32
/** float64, written: sum of the losses of the batch's examples. */
export const STEP_LOSS = 64
/** float64, written by NORM: norm of all gradients. */
export const STEP_NORM = 72
/** float64, written: examples of the batch whose class was said rightly. */
export const STEP_CORRECT = 80

// ---- operations: 32 int32 words, then 16 float64 ----------------------------------------------------------------

export const OPERATION_BYTES = 256
/** Byte offset of the float64 part. */
export const OPERATION_NUMBERS = 128
/** Word 0 of every operation: which it is. */
export const OPERATION_KIND = 0

/**
 * Copies the examples order[STEP_START + row] into rows 0 .. STEP_ROWS - 1 of inputs and targets.
 * Inputs: count x WIDTH numbers of T, or bytes; a byte v becomes v / DIVISOR (rounded to T) where DIVISOR is not 0,
 * else table[v], 256 numbers of T. Targets: BINARY and ONE_HOT from int32 class indices (0 or 1 as T; 1 in the
 * column of the class, 0 elsewhere), VALUES from count x OUTPUTS numbers of T.
 */
export const GATHER = 1
export const GATHER_DATA = 1
export const GATHER_DATA_KIND = 2
export const GATHER_WIDTH = 3
export const GATHER_X = 4
export const GATHER_LDX = 5
export const GATHER_TARGETS = 6
export const GATHER_TARGET_KIND = 7
export const GATHER_OUTPUTS = 8
export const GATHER_T = 9
export const GATHER_LDT = 10
/** Address of the uint32 order of examples. */
export const GATHER_ORDER = 11
export const GATHER_TABLE = 12
/** float64 0. */
export const GATHER_DIVISOR = 0
export const DATA_NUMBERS = 0
export const DATA_BYTES = 1
export const TARGETS_BINARY = 0
export const TARGETS_ONE_HOT = 1
export const TARGETS_VALUES = 2

/**
 * z = x w + b, y = f(z). The chain of z[r][j] starts from b[j] and goes over the inputs in ascending order.
 * w in panels of PANEL_WIDTH outputs: the weight from input i to output j stands at
 * w + floor(j / PANEL_WIDTH) PANEL_STRIDE + i PANEL_WIDTH + j mod PANEL_WIDTH; b is padded to whole panels. The
 * rows of z and y have room for whole panels. Z = 0: z is not kept. Z = Y with ACTIVATION_IDENTITY.
 */
export const DENSE_FORWARD = 2
export const DENSE_FORWARD_X = 1
export const DENSE_FORWARD_LDX = 2
export const DENSE_FORWARD_W = 3
export const DENSE_FORWARD_PANEL_STRIDE = 4
export const DENSE_FORWARD_PANEL_WIDTH = 5
export const DENSE_FORWARD_B = 6
export const DENSE_FORWARD_Z = 7
export const DENSE_FORWARD_LDZ = 8
export const DENSE_FORWARD_Y = 9
export const DENSE_FORWARD_LDY = 10
export const DENSE_FORWARD_INPUTS = 11
export const DENSE_FORWARD_OUTPUTS = 12
export const DENSE_FORWARD_ACTIVATION = 13
/** float64 0: slope of the leaky ReLU or alpha of the ELU. */
export const DENSE_FORWARD_PARAMETER = 0

/** y = f(z), element by element; never softmax. Y may be Z. */
export const ACTIVATION_FORWARD = 3
export const ACTIVATION_FORWARD_Z = 1
export const ACTIVATION_FORWARD_LDZ = 2
export const ACTIVATION_FORWARD_Y = 3
export const ACTIVATION_FORWARD_LDY = 4
export const ACTIVATION_FORWARD_WIDTH = 5
export const ACTIVATION_FORWARD_ACTIVATION = 6
/** float64 0 */
export const ACTIVATION_FORWARD_PARAMETER = 0

/** y = softmax(z), row by row over WIDTH columns. */
export const SOFTMAX_FORWARD = 4
export const SOFTMAX_FORWARD_Z = 1
export const SOFTMAX_FORWARD_LDZ = 2
export const SOFTMAX_FORWARD_Y = 3
export const SOFTMAX_FORWARD_LDY = 4
export const SOFTMAX_FORWARD_WIDTH = 5

/**
 * Grid layer, then y = f(z) (engine/kernels/grid.ts). PLANE_ROWS x PLANE_COLUMNS cells, KERNEL_ROWS x KERNEL_COLUMNS
 * places; a line is one row. Its runs are also there as four int32 arrays of RUNS numbers each. Weights as in the
 * reference: SHARING_SOURCE one a cell, SHARING_KERNEL one a place, SHARING_NONE cell by cell, place by place.
 * Z = 0: z is not kept.
 */
export const GRID_FORWARD = 5
export const GRID_FORWARD_X = 1
export const GRID_FORWARD_LDX = 2
export const GRID_FORWARD_W = 3
export const GRID_FORWARD_B = 4
export const GRID_FORWARD_Z = 5
export const GRID_FORWARD_LDZ = 6
export const GRID_FORWARD_Y = 7
export const GRID_FORWARD_LDY = 8
export const GRID_FORWARD_ACTIVATION = 9
// The same words in all three grid operations:
export const GRID_SHARING = 16
export const GRID_CELLS = 17
export const GRID_PLANE_ROWS = 18
export const GRID_PLANE_COLUMNS = 19
export const GRID_KERNEL_ROWS = 20
export const GRID_KERNEL_COLUMNS = 21
/** 1: the border is joined to the opposite side; 0: open. */
export const GRID_CIRCULAR = 22
export const GRID_RUNS = 23
export const GRID_RUN_PLACES = 24
export const GRID_RUN_READERS = 25
export const GRID_RUN_SOURCES = 26
export const GRID_RUN_LENGTHS = 27
/** float64 0 */
export const GRID_FORWARD_PARAMETER = 0
export const SHARING_SOURCE = 0
export const SHARING_KERNEL = 1
export const SHARING_NONE = 2

/**
 * Loss of each row (float64, rowLoss[row]), whether its class is right (float64 0 or 1, rowCorrect[row]), and
 * dL/d output divided by STEP_DIVISOR where G is not 0. Z: what the value is computed from (logits for the two fused
 * kinds, else the same as Y); Y: outputs. ACCURACY: whether classes are compared; else rowCorrect is 0.
 */
export const LOSS = 6
export const LOSS_KIND = 1
export const LOSS_Z = 2
export const LOSS_LDZ = 3
export const LOSS_Y = 4
export const LOSS_LDY = 5
export const LOSS_T = 6
export const LOSS_LDT = 7
export const LOSS_G = 8
export const LOSS_LDG = 9
export const LOSS_WIDTH = 10
export const LOSS_ROW_LOSS = 11
export const LOSS_ROW_CORRECT = 12
export const LOSS_ACCURACY = 13
/** float64 0: Huber's delta. */
export const LOSS_PARAMETER = 0
export const LOSS_HALF_SSE = 0
export const LOSS_SSE = 1
export const LOSS_MSE = 2
export const LOSS_MAE = 3
export const LOSS_HUBER = 4
export const LOSS_BINARY_CROSS_ENTROPY = 5
export const LOSS_CATEGORICAL_CROSS_ENTROPY = 6
/** Binary cross-entropy of logits, categorical cross-entropy of logits: FUSED_LOSSES of engine/network/losses.ts. */
export const LOSS_FUSED_LOGISTIC = 7
export const LOSS_FUSED_SOFTMAX = 8

/** g = g f'(z), in place. */
export const ACTIVATION_BACKWARD = 7
export const ACTIVATION_BACKWARD_G = 1
export const ACTIVATION_BACKWARD_LDG = 2
export const ACTIVATION_BACKWARD_Z = 3
export const ACTIVATION_BACKWARD_LDZ = 4
export const ACTIVATION_BACKWARD_Y = 5
export const ACTIVATION_BACKWARD_LDY = 6
export const ACTIVATION_BACKWARD_WIDTH = 7
export const ACTIVATION_BACKWARD_ACTIVATION = 8
/** float64 0 */
export const ACTIVATION_BACKWARD_PARAMETER = 0

/** g = y (g - sum g y), row by row, in place. */
export const SOFTMAX_BACKWARD = 8
export const SOFTMAX_BACKWARD_G = 1
export const SOFTMAX_BACKWARD_LDG = 2
export const SOFTMAX_BACKWARD_Y = 3
export const SOFTMAX_BACKWARD_LDY = 4
export const SOFTMAX_BACKWARD_WIDTH = 5

/**
 * dx[r][i] = sum over outputs j, ascending, of g[r][j] w[j][i]; then times the slope of the activation that made x:
 * f'(z) with Z, Y those of the layer before; ACTIVATION_IDENTITY: dx as it is. w comes transposed (TRANSPOSE): in
 * panels of T_WIDTH inputs, the weight from input i to output j at
 * wt + floor(i / T_WIDTH) T_STRIDE + j T_WIDTH + i mod T_WIDTH, 0 for padded inputs.
 */
export const DENSE_BACKWARD_INPUT = 9
export const DENSE_BACKWARD_INPUT_G = 1
export const DENSE_BACKWARD_INPUT_LDG = 2
export const DENSE_BACKWARD_INPUT_WT = 3
export const DENSE_BACKWARD_INPUT_T_STRIDE = 4
export const DENSE_BACKWARD_INPUT_T_WIDTH = 5
export const DENSE_BACKWARD_INPUT_DX = 6
export const DENSE_BACKWARD_INPUT_LDDX = 7
export const DENSE_BACKWARD_INPUT_INPUTS = 8
export const DENSE_BACKWARD_INPUT_OUTPUTS = 9
export const DENSE_BACKWARD_INPUT_ACTIVATION = 10
export const DENSE_BACKWARD_INPUT_Z = 11
export const DENSE_BACKWARD_INPUT_LDZ = 12
export const DENSE_BACKWARD_INPUT_Y = 13
export const DENSE_BACKWARD_INPUT_LDY = 14
/** float64 0 */
export const DENSE_BACKWARD_INPUT_PARAMETER = 0

/**
 * dw[j][i] = sum over rows, ascending, of g[r][j] x[r][i], in the panels of DENSE_FORWARD (padded outputs: 0);
 * db[j] = sum over rows of g[r][j] (plain additions); squares[j] (float64): sum over i of dw[j][i]^2 in four chains
 * c_m over i mod 4 = m, (c0 + c1) + (c2 + c3). All rows of the batch; a thread takes its panels of outputs.
 */
export const DENSE_BACKWARD_WEIGHTS = 10
export const DENSE_BACKWARD_WEIGHTS_X = 1
export const DENSE_BACKWARD_WEIGHTS_LDX = 2
export const DENSE_BACKWARD_WEIGHTS_G = 3
export const DENSE_BACKWARD_WEIGHTS_LDG = 4
export const DENSE_BACKWARD_WEIGHTS_DW = 5
export const DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE = 6
export const DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH = 7
export const DENSE_BACKWARD_WEIGHTS_DB = 8
export const DENSE_BACKWARD_WEIGHTS_SQUARES = 9
export const DENSE_BACKWARD_WEIGHTS_INPUTS = 10
export const DENSE_BACKWARD_WEIGHTS_OUTPUTS = 11

/**
 * What comes back through a grid layer from its G = dL/dz, for the rows of the thread. SHARING_SOURCE: returned[r][q]
 * = sum of g over the cells that read q, kept for GRID_BACKWARD_WEIGHTS; dx[r][q] = w[q] returned[r][q]. The other
 * two: dx as gridBackward of engine/kernels/grid.ts. Then dx times the slope of the activation that made x, as in
 * DENSE_BACKWARD_INPUT. DX = 0: no dx is wanted.
 */
export const GRID_BACKWARD_INPUT = 11
export const GRID_BACKWARD_INPUT_G = 1
export const GRID_BACKWARD_INPUT_LDG = 2
export const GRID_BACKWARD_INPUT_W = 3
export const GRID_BACKWARD_INPUT_RETURNED = 4
export const GRID_BACKWARD_INPUT_LDR = 5
export const GRID_BACKWARD_INPUT_DX = 6
export const GRID_BACKWARD_INPUT_LDDX = 7
export const GRID_BACKWARD_INPUT_ACTIVATION = 8
export const GRID_BACKWARD_INPUT_Z = 9
export const GRID_BACKWARD_INPUT_LDZ = 10
export const GRID_BACKWARD_INPUT_Y = 11
export const GRID_BACKWARD_INPUT_LDY = 12
/** float64 0 */
export const GRID_BACKWARD_INPUT_PARAMETER = 0

/** dw and db of a grid layer over all rows; a thread takes its share of the cells (of the places: SHARING_KERNEL). */
export const GRID_BACKWARD_WEIGHTS = 12
export const GRID_BACKWARD_WEIGHTS_X = 1
export const GRID_BACKWARD_WEIGHTS_LDX = 2
export const GRID_BACKWARD_WEIGHTS_G = 3
export const GRID_BACKWARD_WEIGHTS_LDG = 4
export const GRID_BACKWARD_WEIGHTS_RETURNED = 5
export const GRID_BACKWARD_WEIGHTS_LDR = 6
export const GRID_BACKWARD_WEIGHTS_DW = 7
export const GRID_BACKWARD_WEIGHTS_DB = 8

/** Waits for all threads; nothing to do with one thread. */
export const BARRIER = 13

/**
 * Adds up rowLoss and rowCorrect in the order of the rows; thread 0 writes STEP_LOSS and STEP_CORRECT. With CHECK 1
 * the program stops with STATUS_LOSS where the sum is not finite.
 */
export const LOSS_SUM = 14
export const LOSS_SUM_ROW_LOSS = 1
export const LOSS_SUM_ROW_CORRECT = 2
export const LOSS_SUM_CHECK = 3

/**
 * sqrt(weights + biases), each the sum of its blocks' sums in their order; engine/optimizers/gradients.ts. A block is
 * four int32: NORM_UNITS, address of float64 squares, their number: added in order; or NORM_LANES, address of numbers
 * of T, their number: eight float64 chains over index mod 8, then added in ascending order. The weights' blocks come
 * first. Thread 0 writes STEP_NORM; every thread keeps it for the UPDATE operations that follow. Stops with
 * STATUS_GRADIENT where it is not finite.
 */
export const NORM = 15
export const NORM_BLOCKS = 1
export const NORM_WEIGHT_BLOCKS = 2
export const NORM_BIAS_BLOCKS = 3
export const NORM_BLOCK_BYTES = 16
export const NORM_UNITS = 0
export const NORM_LANES = 1

/**
 * One optimizer step over COUNT parameters in place (engine/optimizers/optimizers.ts), clipping before it. A thread
 * takes its share of COUNT / CHUNK chunks. M, V: the optimizer's arrays in their order (momentum, nesterov and
 * rmsprop: M only). Sets the thread's flag where a parameter is not finite afterwards. Numbers are already rounded
 * to T, all but the threshold of clipping by norm: factor = round(threshold / norm). Clipped gradients replace those
 * in G, so with clipping a BARRIER stands between NORM and this.
 */
export const UPDATE = 16
export const UPDATE_OPTIMIZER = 1
export const UPDATE_W = 2
export const UPDATE_G = 3
export const UPDATE_M = 4
export const UPDATE_V = 5
export const UPDATE_COUNT = 6
export const UPDATE_CHUNK = 7
export const UPDATE_CLIP = 8
/** 1: STEP_KEPT is AdamW's factor for these parameters; 0: the factor is 1. */
export const UPDATE_SHRINKS = 9
/** float64: weight decay that is added to the gradient; 0 for biases and for AdamW. */
export const UPDATE_DECAY = 0
/** float64: momentum; decay of RMSprop; beta1 of Adam. */
export const UPDATE_FIRST = 1
/** float64: 1 - decay of RMSprop, 1 - beta1 of Adam. */
export const UPDATE_FIRST_REST = 2
/** float64: beta2 and 1 - beta2 of Adam. */
export const UPDATE_SECOND = 3
export const UPDATE_SECOND_REST = 4
export const UPDATE_EPSILON = 5
export const UPDATE_THRESHOLD = 6
export const OPTIMIZER_SGD = 0
export const OPTIMIZER_MOMENTUM = 1
export const OPTIMIZER_NESTEROV = 2
export const OPTIMIZER_RMSPROP = 3
/** Adam and AdamW. */
export const OPTIMIZER_ADAM = 4
export const CLIP_NONE = 0
export const CLIP_NORM = 1
export const CLIP_VALUE = 2

/** Writes the transposed panels of DENSE_BACKWARD_INPUT; a thread takes its own panels of outputs. */
export const TRANSPOSE = 17
export const TRANSPOSE_W = 1
export const TRANSPOSE_PANEL_STRIDE = 2
export const TRANSPOSE_PANEL_WIDTH = 3
export const TRANSPOSE_WT = 4
export const TRANSPOSE_T_STRIDE = 5
export const TRANSPOSE_T_WIDTH = 6
export const TRANSPOSE_INPUTS = 7
export const TRANSPOSE_OUTPUTS = 8

/** Stops with STATUS_PARAMETERS where any thread's flag is set. Behind the barrier that ends the updates. */
export const CHECK_PARAMETERS = 18

// ---- activations ----------------------------------------------------------------------------------------------

export const ACTIVATION_IDENTITY = 0
export const ACTIVATION_LOGISTIC = 1
export const ACTIVATION_TANH = 2
export const ACTIVATION_RELU = 3
export const ACTIVATION_LEAKY_RELU = 4
export const ACTIVATION_ELU = 5
export const ACTIVATION_GELU = 6
export const ACTIVATION_SOFTPLUS = 7
export const ACTIVATION_SINE = 8
