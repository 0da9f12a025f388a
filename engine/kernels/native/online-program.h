// Which programs train a network of one dense layer on one example a step, by plain gradient descent.
#pragma once

#include <vector>

#include "online.h"

namespace descent {

template <class T>
struct OnlineTraining {
  /** Null: the program is another one. */
  int (*train)(const OnlineLayer<T>& layer, const StepRecords& steps, int count);
  OnlineLayer<T> layer;
};

template <class T, class Activation, class Loss>
inline auto onlineTrainingOf(int outputs) -> decltype(OnlineTraining<T>::train) {
  constexpr int L = LANES<T>;
  if (outputs == 1) return trainOnline<T, Activation, Loss, 0, true>;
  if (outputs <= L) return trainOnline<T, Activation, Loss, 1, false>;
  if constexpr (L < ONLINE_ROW) {
    if (outputs == L + 1) return trainOnline<T, Activation, Loss, 1, true>;
    if (outputs <= 2 * L) return trainOnline<T, Activation, Loss, 2, false>;
  }
  return nullptr;
}

/** A weight of -0 stands for what onlinePass can not compute. */
template <class T>
inline bool hasNegativeZero(const T* numbers, size_t count) {
  return std::any_of(numbers, numbers + count, [](T each) { return each == 0 && std::signbit(each); });
}

/** @param operations of a program for one thread */
template <class T>
inline OnlineTraining<T> onlineTraining(uint8_t* arena, const std::vector<Operation>& operations, uint8_t* scratch) {
  const auto at = [&](int address) { return reinterpret_cast<T*>(arena + static_cast<uint32_t>(address)); };
  const auto kind = [&](size_t index) {
    return index < operations.size() ? operations[index][abi::OPERATION_KIND] : 0;
  };
  if (kind(0) != abi::GATHER || kind(1) != abi::DENSE_FORWARD) return {};
  const Operation& gather = operations[0];
  const Operation& forward = operations[1];
  const int last = operationsOfLastLayer(&forward, static_cast<int>(operations.size()) - 1);
  const size_t behind = 1 + last;
  const bool isOneLayer = last > 0 && operations.size() == behind + 5 && kind(behind) == abi::LOSS_SUM &&
                          kind(behind + 1) == abi::DENSE_BACKWARD_WEIGHTS && kind(behind + 2) == abi::NORM &&
                          kind(behind + 3) == abi::UPDATE && kind(behind + 4) == abi::CHECK_PARAMETERS;
  if (!isOneLayer) return {};
  const Operation& loss = operations[2];
  const Operation& weights = operations[behind + 1];
  const Operation& update = operations[behind + 3];
  const int inputs = forward[abi::DENSE_FORWARD_INPUTS];
  const int outputs = forward[abi::DENSE_FORWARD_OUTPUTS];
  const int targets = gather[abi::GATHER_TARGET_KIND];
  const bool areOneHot = targets == abi::TARGETS_ONE_HOT;
  const bool fits = gather[abi::GATHER_DATA_KIND] == abi::DATA_NUMBERS && outputs <= ONLINE_ROW &&
                    (targets == abi::TARGETS_VALUES || areOneHot == (outputs > 1)) &&
                    inputs <= MOST_ONLINE_INPUTS && forward[abi::DENSE_FORWARD_PANEL_WIDTH] == ONLINE_ROW &&
                    update[abi::UPDATE_OPTIMIZER] == abi::OPTIMIZER_SGD &&
                    update[abi::UPDATE_CLIP] == abi::CLIP_NONE && update.number(abi::UPDATE_DECAY) == 0;
  if (!fits) return {};
  OnlineTraining<T> training = {
      .train = nullptr,
      .layer =
          {
              .data = at(gather[abi::GATHER_DATA]),
              .values = targets == abi::TARGETS_VALUES ? at(gather[abi::GATHER_TARGETS]) : nullptr,
              .classes = reinterpret_cast<const int32_t*>(at(gather[abi::GATHER_TARGETS])),
              .order = reinterpret_cast<const uint32_t*>(at(gather[abi::GATHER_ORDER])),
              .w = at(forward[abi::DENSE_FORWARD_W]),
              .other = at(weights[abi::DENSE_BACKWARD_WEIGHTS_DW]),
              .b = at(forward[abi::DENSE_FORWARD_B]),
              .columns = reinterpret_cast<T*>(scratch),
              .inputs = inputs,
              .outputs = outputs,
              .lossParameter = loss.number(abi::LOSS_PARAMETER),
              .parameter = static_cast<T>(forward.number(abi::DENSE_FORWARD_PARAMETER)),
              .comparesClasses = loss[abi::LOSS_ACCURACY] != 0,
          },
  };
  const OnlineLayer<T>& layer = training.layer;
  if (hasNegativeZero(layer.w, static_cast<size_t>(inputs) * ONLINE_ROW)) return {};
  withUsualOutput(forward[abi::DENSE_FORWARD_ACTIVATION], loss[abi::LOSS_KIND], [&](auto activation, auto kind) {
    training.train = onlineTrainingOf<T, decltype(activation), decltype(kind)>(outputs);
  });
  return training;
}

}  // namespace descent
