// Operations of small networks: recognised before a program runs, so that a step only goes through their functions and
// addresses. What is not recognised is left to the operations for every size.
#pragma once

#include <vector>

#include "column.h"
#include "gather.h"
#include "outputs.h"

namespace descent {

/** GATHER of few inputs and one target. */
template <class T>
struct SmallGather {
  const T* data;
  /** The targets, or the classes that are the targets. */
  const T* values;
  const int32_t* classes;
  const uint32_t* order;
  T* x;
  T* targets;
};

template <class T, int INPUTS>
void smallGather(const SmallGather<T>& gather, int start, int rows) {
  const auto [data, values, classes, order, x, targets] = gather;
  for (int row = 0; row < rows; row++) {
    const size_t example = order[start + row];
    std::memcpy(x + row * NARROW, data + example * INPUTS, INPUTS * sizeof(T));
    targets[row * NARROW] = values != nullptr ? values[example] : static_cast<T>(classes[example]);
  }
}

/** One or more operations, ready to run for all rows of a batch by one of the functions. */
template <class T>
struct SmallTask {
  /** How many operations they are; 0: none that is known here. */
  int operations;
  NarrowOperation<T> run;
  ColumnOperation<T> runColumn;
  void (*runGather)(const SmallGather<T>& gather, int start, int rows);
  ColumnLayer<T> column;
  SmallGather<T> gather;
};

/** Finds the tasks of a program that one thread runs with all rows together. */
template <class T>
class SmallTasks {
 public:
  SmallTasks(uint8_t* arena, const std::vector<Operation>& operations) : arena(arena), operations(operations) {}

  /** By the index of the first operation. */
  std::vector<SmallTask<T>> find() const {
    std::vector<SmallTask<T>> tasks(operations.size());
    for (size_t index = 0; index < operations.size(); index++) {
      SmallTask<T>& task = tasks[index];
      task.operations = set(task, index) ? std::max(1, task.operations) : 0;
    }
    return tasks;
  }

 private:
  uint8_t* arena;
  const std::vector<Operation>& operations;

  template <class N>
  N* at(int address) const {
    return address == 0 ? nullptr : reinterpret_cast<N*>(arena + static_cast<uint32_t>(address));
  }

  /** Whether all of these words of an operation are NARROW. */
  static bool areNarrow(const Operation& op, std::initializer_list<int> words) {
    return std::all_of(words.begin(), words.end(), [&](int word) { return op[word] == NARROW; });
  }
  static bool fits(const Operation& op, int inputs, int outputs) {
    return op[inputs] <= NARROW && op[outputs] <= NARROW;
  }

  /** @returns whether the operation of that index is one for small networks */
  bool set(SmallTask<T>& task, size_t index) const {
    const Operation& op = operations[index];
    switch (op[abi::OPERATION_KIND]) {
      case abi::GATHER:
        return setGather(task, op);
      case abi::DENSE_FORWARD:
        return setForward(task, index);
      case abi::DENSE_BACKWARD_INPUT:
        return setBackwardInput(task, op);
      case abi::DENSE_BACKWARD_WEIGHTS:
        return setBackwardWeights(task, op);
      case abi::TRANSPOSE:
        return setTranspose(task, op);
      default:
        return false;
    }
  }

  bool setGather(SmallTask<T>& task, const Operation& op) const {
    const int kind = op[abi::GATHER_TARGET_KIND];
    const bool isSmall = op[abi::GATHER_DATA_KIND] == abi::DATA_NUMBERS && kind != abi::TARGETS_ONE_HOT &&
                         op[abi::GATHER_OUTPUTS] == 1 && op[abi::GATHER_WIDTH] <= NARROW &&
                         areNarrow(op, {abi::GATHER_LDX, abi::GATHER_LDT});
    if (!isSmall) return false;
    const int targets = op[abi::GATHER_TARGETS];
    task.gather = {
        .data = at<T>(op[abi::GATHER_DATA]),
        .values = kind == abi::TARGETS_VALUES ? at<T>(targets) : nullptr,
        .classes = at<int32_t>(targets),
        .order = at<uint32_t>(op[abi::GATHER_ORDER]),
        .x = at<T>(op[abi::GATHER_X]),
        .targets = at<T>(op[abi::GATHER_T]),
    };
    task.runGather = gatherOf<NARROW>(op[abi::GATHER_WIDTH]);
    return true;
  }

  template <int INPUTS>
  static auto gatherOf(int inputs) -> decltype(SmallTask<T>::runGather) {
    if constexpr (INPUTS == 0) return nullptr;
    else return inputs == INPUTS ? smallGather<T, INPUTS> : gatherOf<INPUTS - 1>(inputs);
  }

  bool setForward(SmallTask<T>& task, size_t index) const {
    const Operation& op = operations[index];
    const bool isSmall =
        fits(op, abi::DENSE_FORWARD_INPUTS, abi::DENSE_FORWARD_OUTPUTS) &&
        areNarrow(op, {abi::DENSE_FORWARD_PANEL_WIDTH, abi::DENSE_FORWARD_LDX, abi::DENSE_FORWARD_LDY,
                       abi::DENSE_FORWARD_LDZ});
    if (!isSmall) return false;
    NarrowLayer<T>& layer = task.column.layer;
    layer.inputs = op[abi::DENSE_FORWARD_INPUTS];
    layer.outputs = op[abi::DENSE_FORWARD_OUTPUTS];
    layer.parameter = static_cast<T>(op.number(abi::DENSE_FORWARD_PARAMETER));
    layer.x = at<T>(op[abi::DENSE_FORWARD_X]);
    layer.y = at<T>(op[abi::DENSE_FORWARD_Y]);
    layer.z = at<T>(op[abi::DENSE_FORWARD_Z]);
    layer.w = at<T>(op[abi::DENSE_FORWARD_W]);
    layer.b = at<T>(op[abi::DENSE_FORWARD_B]);
    if (layer.outputs == 1 && setColumn(task, index)) return true;
    if (layer.z == nullptr) layer.z = layer.y;
    withActivation(op[abi::DENSE_FORWARD_ACTIVATION],
                   [&](auto activation) { task.run = narrowForward<T, decltype(activation)>; });
    return true;
  }

  bool setColumn(SmallTask<T>& task, size_t index) const {
    const int count = operationsOfLastLayer(&operations[index], static_cast<int>(operations.size() - index));
    if (count == 0) return false;
    const Operation& loss = operations[index + 1];
    if (!areNarrow(loss, {abi::LOSS_LDT, abi::LOSS_LDG})) return false;
    withUsualOutput(operations[index][abi::DENSE_FORWARD_ACTIVATION], loss[abi::LOSS_KIND],
                    [&](auto activation, auto kind) {
                      task.runColumn = columnOutput<T, decltype(activation), decltype(kind)>;
                    });
    if (task.runColumn == nullptr) return false;
    ColumnLayer<T>& column = task.column;
    column.layer.g = at<T>(loss[abi::LOSS_G]);
    column.targets = at<T>(loss[abi::LOSS_T]);
    column.rowLoss = at<double>(loss[abi::LOSS_ROW_LOSS]);
    column.rowCorrect = at<double>(loss[abi::LOSS_ROW_CORRECT]);
    column.lossParameter = loss.number(abi::LOSS_PARAMETER);
    column.comparesClasses = loss[abi::LOSS_ACCURACY] != 0;
    task.operations = count;
    return true;
  }

  bool setBackwardInput(SmallTask<T>& task, const Operation& op) const {
    const int activation = op[abi::DENSE_BACKWARD_INPUT_ACTIVATION];
    const bool isSmall =
        fits(op, abi::DENSE_BACKWARD_INPUT_INPUTS, abi::DENSE_BACKWARD_INPUT_OUTPUTS) &&
        areNarrow(op, {abi::DENSE_BACKWARD_INPUT_T_WIDTH, abi::DENSE_BACKWARD_INPUT_LDG,
                       abi::DENSE_BACKWARD_INPUT_LDDX}) &&
        (activation == abi::ACTIVATION_IDENTITY ||
         areNarrow(op, {abi::DENSE_BACKWARD_INPUT_LDZ, abi::DENSE_BACKWARD_INPUT_LDY}));
    if (!isSmall) return false;
    NarrowLayer<T>& layer = task.column.layer;
    layer.inputs = op[abi::DENSE_BACKWARD_INPUT_INPUTS];
    layer.outputs = op[abi::DENSE_BACKWARD_INPUT_OUTPUTS];
    layer.parameter = static_cast<T>(op.number(abi::DENSE_BACKWARD_INPUT_PARAMETER));
    layer.g = at<T>(op[abi::DENSE_BACKWARD_INPUT_G]);
    layer.dx = at<T>(op[abi::DENSE_BACKWARD_INPUT_DX]);
    layer.z = at<T>(op[abi::DENSE_BACKWARD_INPUT_Z]);
    layer.y = at<T>(op[abi::DENSE_BACKWARD_INPUT_Y]);
    layer.w = at<T>(op[abi::DENSE_BACKWARD_INPUT_WT]);
    withActivation(activation, [&](auto kind) { task.run = narrowBackwardInput<T, decltype(kind)>; });
    return true;
  }

  bool setBackwardWeights(SmallTask<T>& task, const Operation& op) const {
    const bool isSmall =
        fits(op, abi::DENSE_BACKWARD_WEIGHTS_INPUTS, abi::DENSE_BACKWARD_WEIGHTS_OUTPUTS) &&
        areNarrow(op, {abi::DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH, abi::DENSE_BACKWARD_WEIGHTS_LDX,
                       abi::DENSE_BACKWARD_WEIGHTS_LDG});
    if (!isSmall) return false;
    NarrowLayer<T>& layer = task.column.layer;
    layer.inputs = op[abi::DENSE_BACKWARD_WEIGHTS_INPUTS];
    layer.outputs = op[abi::DENSE_BACKWARD_WEIGHTS_OUTPUTS];
    layer.x = at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_X]);
    layer.g = at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_G]);
    layer.dw = at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_DW]);
    layer.db = at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_DB]);
    layer.squares = at<double>(op[abi::DENSE_BACKWARD_WEIGHTS_SQUARES]);
    task.run = layer.outputs == 1 ? columnBackwardWeights<T> : weightsOf<MOST_NARROW_INPUTS<T>>(layer.inputs);
    return task.run != nullptr;
  }

  template <int INPUTS>
  static NarrowOperation<T> weightsOf(int inputs) {
    if constexpr (INPUTS == 0) return nullptr;
    else return inputs == INPUTS ? narrowBackwardWeights<T, INPUTS> : weightsOf<INPUTS - 1>(inputs);
  }

  bool setTranspose(SmallTask<T>& task, const Operation& op) const {
    const bool isSmall = fits(op, abi::TRANSPOSE_INPUTS, abi::TRANSPOSE_OUTPUTS) &&
                         areNarrow(op, {abi::TRANSPOSE_PANEL_WIDTH, abi::TRANSPOSE_T_WIDTH});
    if (!isSmall) return false;
    NarrowLayer<T>& layer = task.column.layer;
    layer.inputs = op[abi::TRANSPOSE_INPUTS];
    layer.outputs = op[abi::TRANSPOSE_OUTPUTS];
    layer.w = at<T>(op[abi::TRANSPOSE_W]);
    layer.wt = at<T>(op[abi::TRANSPOSE_WT]);
    task.run = narrowTranspose<T>;
    return true;
  }
};

}  // namespace descent
