// Activations and losses that layers with few outputs usually end with: what is compiled for each pair of them.
#pragma once

#include "losses.h"

namespace descent {

/** Whether the loss's gradient is that of the output, and has to go back through the activation. */
template <class Activation, class Loss>
inline constexpr bool IS_SLOPED =
    !std::is_same_v<Activation, Identity> && !std::is_same_v<Loss, FusedLogistic>;

/** Calls `use(activation, loss)` where they are a usual pair. */
template <class Use>
inline void withUsualOutput(int activation, int loss, Use use) {
  const auto withSquares = [&](auto kind) {
    switch (loss) {
      case abi::LOSS_HALF_SSE:
        return use(kind, HalfSse());
      case abi::LOSS_SSE:
        return use(kind, Sse());
      case abi::LOSS_MSE:
        return use(kind, Mse());
    }
  };
  switch (activation) {
    case abi::ACTIVATION_IDENTITY:
      return withSquares(Identity());
    case abi::ACTIVATION_TANH:
      return withSquares(Tanh());
    case abi::ACTIVATION_LOGISTIC:
      if (loss == abi::LOSS_BINARY_CROSS_ENTROPY) return use(Logistic(), BinaryCrossEntropy());
      if (loss == abi::LOSS_FUSED_LOGISTIC) return use(Logistic(), FusedLogistic());
      return withSquares(Logistic());
  }
}

/**
 * How many operations a last layer is: DENSE_FORWARD, LOSS and, where the gradient goes back through the activation,
 * ACTIVATION_BACKWARD; 0 where they are not of one layer.
 * @param operations those from the DENSE_FORWARD on, `count` of them
 */
inline int operationsOfLastLayer(const Operation* operations, int count) {
  if (count < 2 || operations[0][abi::OPERATION_KIND] != abi::DENSE_FORWARD) return 0;
  const Operation& forward = operations[0];
  const Operation& loss = operations[1];
  if (loss[abi::OPERATION_KIND] != abi::LOSS || loss[abi::LOSS_G] == 0) return 0;
  const bool isFused = loss[abi::LOSS_KIND] == abi::LOSS_FUSED_LOGISTIC;
  const bool isOfLayer = loss[abi::LOSS_Y] == forward[abi::DENSE_FORWARD_Y] &&
                         loss[abi::LOSS_Z] == forward[isFused ? abi::DENSE_FORWARD_Z : abi::DENSE_FORWARD_Y];
  if (!isOfLayer) return 0;
  if (isFused || forward[abi::DENSE_FORWARD_ACTIVATION] == abi::ACTIVATION_IDENTITY) return 2;
  const bool isSloped = count > 2 && operations[2][abi::OPERATION_KIND] == abi::ACTIVATION_BACKWARD &&
                        operations[2][abi::ACTIVATION_BACKWARD_G] == loss[abi::LOSS_G];
  return isSloped ? 3 : 0;
}

}  // namespace descent
