// The loop over the steps and operations of a program.
#include "program.h"

#include <vector>

#include "barrier.h"
#include "dense.h"
#include "gather.h"
#include "grid.h"
#include "losses.h"
#include "online-program.h"
#include "small.h"
#include "softmax.h"
#include "thread.h"
#include "update.h"

namespace descent {
namespace {

struct Program {
  uint8_t* arena;
  const int32_t* words;
  const uint8_t* operations;
  int count;
  uint8_t* barrier;
  uint8_t* flags;

  Program(uint8_t* arena, uint32_t address)
      : arena(arena),
        words(reinterpret_cast<const int32_t*>(arena + address)),
        operations(at(words[abi::PROGRAM_OPERATIONS])),
        count(words[abi::PROGRAM_OPERATION_COUNT]),
        barrier(at(words[abi::PROGRAM_BARRIER])),
        flags(at(words[abi::PROGRAM_FLAGS])) {}

  uint8_t* at(int address) const { return arena + static_cast<uint32_t>(address); }
  Operation operation(int index) const {
    return {reinterpret_cast<const int32_t*>(operations + static_cast<size_t>(index) * abi::OPERATION_BYTES)};
  }
  std::vector<Operation> all() const {
    std::vector<Operation> operations;
    operations.reserve(count);
    for (int index = 0; index < count; index++) operations.push_back(operation(index));
    return operations;
  }
  int32_t& flag(int thread) const { return *reinterpret_cast<int32_t*>(flags + 64 * thread); }
};

bool isAnyFlagged(const Program& program, int threads) {
  for (int thread = 0; thread < threads; thread++) {
    if (program.flag(thread) != 0) return true;
  }
  return false;
}

/** Operations that treat every example alone: some examples may go through several of them before the others.
 */
bool isOfExamples(int kind) {
  switch (kind) {
    case abi::GATHER:
    case abi::DENSE_FORWARD:
    case abi::ACTIVATION_FORWARD:
    case abi::SOFTMAX_FORWARD:
    case abi::GRID_FORWARD:
    case abi::LOSS:
    case abi::ACTIVATION_BACKWARD:
    case abi::SOFTMAX_BACKWARD:
    case abi::DENSE_BACKWARD_INPUT:
    case abi::GRID_BACKWARD_INPUT:
      return true;
    default:
      return false;
  }
}

constexpr int ALL_ROWS = std::numeric_limits<int>::max();

/**
 * How many examples go through the layers together. All, so that large weights are used often once they are
 * in the cache; but few where there are many grid layers, whose outputs of a whole batch the cache does not
 * hold.
 */
int rowsTogether(const Program& program) {
  constexpr int FEW = 4;
  constexpr int64_t LARGE_LAYER = 65536;
  bool hasGrid = false;
  for (int index = 0; index < program.count; index++) {
    const Operation op = program.operation(index);
    hasGrid |= op[abi::OPERATION_KIND] == abi::GRID_FORWARD;
    if (op[abi::OPERATION_KIND] != abi::DENSE_FORWARD) continue;
    const int64_t weights = int64_t{op[abi::DENSE_FORWARD_INPUTS]} * op[abi::DENSE_FORWARD_OUTPUTS];
    if (weights > LARGE_LAYER) return ALL_ROWS;
  }
  return hasGrid ? FEW : ALL_ROWS;
}

/** How many operations at the beginning treat every example alone. */
int operationsOfExamples(const Program& program) {
  int count = 0;
  while (count < program.count && isOfExamples(program.operation(count)[abi::OPERATION_KIND])) count++;
  return count;
}

template <class T>
void runSmall(const Thread& thread, const SmallTask<T>& task) {
  if (task.run != nullptr) {
    task.run(task.column.layer, thread.rows);
  } else if (task.runColumn != nullptr) {
    task.runColumn(task.column, thread.rows, thread.record<double>(abi::STEP_DIVISOR));
  } else {
    task.runGather(task.gather, thread.record<int32_t>(abi::STEP_START), thread.rows);
  }
}

/**
 * @param small tasks by operation, or none
 * @returns a STATUS_; an operation that is not known leaves its kind in `unknownKind`
 */
template <class T>
int runStep(const Program& program, const std::vector<SmallTask<T>>& small, Thread& thread, int rowsTogether,
            int ofExamples, int& unknownKind) {
  const Share all = thread.own;
  if (ofExamples > 0) thread.own.end = std::min(all.end, all.first + std::min(rowsTogether, thread.rows));
  for (int index = 0; index < program.count;) {
    if (!small.empty() && small[index].operations > 0) {
      runSmall(thread, small[index]);
      index += small[index].operations;
      continue;
    }
    const Operation op = program.operation(index);
    switch (op[abi::OPERATION_KIND]) {
      case abi::GATHER:
        gather<T>(thread, op);
        break;
      case abi::DENSE_FORWARD:
        denseForward<T>(thread, op);
        break;
      case abi::ACTIVATION_FORWARD:
        activate(op[abi::ACTIVATION_FORWARD_ACTIVATION],
                 static_cast<T>(op.number(abi::ACTIVATION_FORWARD_PARAMETER)),
                 ownRows<T>(thread, op[abi::ACTIVATION_FORWARD_Z], op[abi::ACTIVATION_FORWARD_LDZ]),
                 ownRows<T>(thread, op[abi::ACTIVATION_FORWARD_Y], op[abi::ACTIVATION_FORWARD_LDY]),
                 thread.own.end - thread.own.first, op[abi::ACTIVATION_FORWARD_WIDTH]);
        break;
      case abi::SOFTMAX_FORWARD:
        softmaxForward<T>(thread, op);
        break;
      case abi::GRID_FORWARD:
        gridForward<T>(thread, op);
        break;
      case abi::LOSS:
        loss<T>(thread, op);
        break;
      case abi::ACTIVATION_BACKWARD:
        multiplyBySlope(op[abi::ACTIVATION_BACKWARD_ACTIVATION],
                        static_cast<T>(op.number(abi::ACTIVATION_BACKWARD_PARAMETER)),
                        ownRows<T>(thread, op[abi::ACTIVATION_BACKWARD_G], op[abi::ACTIVATION_BACKWARD_LDG]),
                        ownRows<T>(thread, op[abi::ACTIVATION_BACKWARD_Z], op[abi::ACTIVATION_BACKWARD_LDZ]),
                        ownRows<T>(thread, op[abi::ACTIVATION_BACKWARD_Y], op[abi::ACTIVATION_BACKWARD_LDY]),
                        thread.own.end - thread.own.first, op[abi::ACTIVATION_BACKWARD_WIDTH]);
        break;
      case abi::SOFTMAX_BACKWARD:
        softmaxBackward<T>(thread, op);
        break;
      case abi::DENSE_BACKWARD_INPUT:
        denseBackwardInput<T>(thread, op);
        break;
      case abi::DENSE_BACKWARD_WEIGHTS:
        denseBackwardWeights<T>(thread, op);
        break;
      case abi::GRID_BACKWARD_INPUT:
        gridBackwardInput<T>(thread, op);
        break;
      case abi::GRID_BACKWARD_WEIGHTS:
        gridBackwardWeights<T>(thread, op);
        break;
      case abi::BARRIER:
        if (thread.threads > 1) waitForAll(program.barrier, thread.threads);
        break;
      case abi::LOSS_SUM:
        if (!lossSum(thread, op)) return abi::STATUS_LOSS;
        break;
      case abi::NORM:
        if (!norm<T>(thread, op)) return abi::STATUS_GRADIENT;
        break;
      case abi::UPDATE:
        if (!update<T>(thread, op)) program.flag(thread.index) = 1;
        break;
      case abi::TRANSPOSE:
        transpose<T>(thread, op);
        break;
      case abi::CHECK_PARAMETERS:
        if (isAnyFlagged(program, thread.threads)) return abi::STATUS_PARAMETERS;
        break;
      default:
        unknownKind = op[abi::OPERATION_KIND];
        return abi::STATUS_DONE;
    }
    index++;
    if (index != ofExamples) continue;
    if (thread.own.end < all.end) {
      // The next examples, from the first operation on.
      thread.own = {thread.own.end, std::min(all.end, thread.own.end + rowsTogether)};
      index = 0;
    } else {
      thread.own = all;
    }
  }
  return abi::STATUS_DONE;
}

/** Fewer steps are done before their tasks are found. */
constexpr int FEW_STEPS = 4;

template <class T>
int runSteps(const Program& program, Thread& thread, int first, int count, Outcome& outcome) {
  const StepRecords steps = {program.at(program.words[abi::PROGRAM_STEPS]) +
                             static_cast<size_t>(first) * abi::STEP_BYTES};
  const int together = rowsTogether(program);
  std::vector<SmallTask<T>> small;
  if (thread.threads == 1 && count >= FEW_STEPS && together == ALL_ROWS) {
    const std::vector<Operation> operations = program.all();
    const OnlineTraining<T> online = onlineTraining<T>(program.arena, operations, thread.scratch);
    if (online.train != nullptr) outcome.steps = online.train(online.layer, steps, count - 1);
    small = SmallTasks<T>(program.arena, operations).find();
  }
  const int ofExamples = operationsOfExamples(program);
  int status = abi::STATUS_DONE;
  while (outcome.steps < count && status == abi::STATUS_DONE && outcome.unknownKind == 0) {
    thread.step = &steps.at<uint8_t>(outcome.steps, 0);
    thread.rows = thread.record<int32_t>(abi::STEP_ROWS);
    thread.own = thread.share(thread.rows);
    status = runStep<T>(program, small, thread, together, ofExamples, outcome.unknownKind);
    outcome.steps++;
  }
  return status;
}

}  // namespace

Outcome runProgram(uint8_t* arena, uint32_t address, int first, int count, int index) {
  const Program program(arena, address);
  const int32_t* words = program.words;
  const size_t scratchBytes = words[abi::PROGRAM_SCRATCH_BYTES];
  Thread thread = {};
  thread.arena = arena;
  thread.index = index;
  thread.threads = words[abi::PROGRAM_THREADS];
  thread.scratch = program.at(words[abi::PROGRAM_SCRATCH]) + index * scratchBytes;
  thread.scratchBytes = scratchBytes;
  program.flag(index) = 0;

  Outcome outcome = {0, 0};
  const int status = words[abi::PROGRAM_ELEMENT] == abi::FLOAT32
                         ? runSteps<float>(program, thread, first, count, outcome)
                         : runSteps<double>(program, thread, first, count, outcome);
  if (index == 0) *reinterpret_cast<int32_t*>(arena + address + 4 * abi::PROGRAM_STATUS) = status;
  return outcome;
}

}  // namespace descent
