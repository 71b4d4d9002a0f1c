#pragma once

#include <cstddef>

#include "core/simd/isa.h"

// Every elementwise kernel: the registry id and the struct that holds its body, in the order in
// which the interface lists the activations.
#define LAB_ACTIVATION_KERNELS(X)                                                              \
  X(identity, Identity)                                                                        \
  X(relu, Relu)                                                                                \
  X(leaky_relu, LeakyRelu)                                                                     \
  X(prelu, Prelu)                                                                              \
  X(rrelu, Rrelu)                                                                              \
  X(relu6, Relu6)                                                                              \
  X(squared_relu, SquaredRelu) X(threshold, Threshold) X(elu, Elu) X(celu, Celu) X(selu, Selu) \
      X(sigmoid, Sigmoid) X(logsigmoid, Logsigmoid) X(tanh, Tanh) X(arctan, Arctan)            \
          X(softsign, Softsign) X(hardsigmoid, Hardsigmoid) X(hardtanh, Hardtanh)              \
              X(sparse_sigmoid, SparseSigmoid) X(step, Step) X(silu, Silu) X(mish, Mish)       \
                  X(gelu, Gelu) X(gelu_tanh, GeluTanh) X(quick_gelu, QuickGelu)                \
                      X(hardswish, Hardswish) X(softplus, Softplus) X(squareplus, Squareplus)  \
                          X(sparse_plus, SparsePlus) X(exponential, Exponential)               \
                              X(hardshrink, Hardshrink) X(softshrink, Softshrink)              \
                                  X(tanhshrink, Tanhshrink) X(sin, Sin) X(snake, Snake)        \
                                      X(gaussian, Gaussian)

namespace lab {

enum class Kernel {
#define LAB_KERNEL_ID(id, body) id,
  LAB_ACTIVATION_KERNELS(LAB_KERNEL_ID)
#undef LAB_KERNEL_ID
};

#define LAB_KERNEL_COUNT(id, body) +1
inline constexpr size_t kKernelCount = 0 LAB_ACTIVATION_KERNELS(LAB_KERNEL_COUNT);
#undef LAB_KERNEL_COUNT

// The loops over an array for one activation. `params` as in ActivationParams; outputs may be x.
struct KernelRow {
  void (*value)(const float* params, const float* x, float* y, size_t count);
  void (*derivative)(const float* params, const float* x, float* d, size_t count);
  // Both in one pass, sharing what they have in common; the same bits as the two above.
  void (*both)(const float* params, const float* x, float* y, float* d, size_t count);
};

// kKernelCount rows, indexed by Kernel; null if this program has no code for that instruction set.
const KernelRow* kernel_table(simd::Isa isa);

}  // namespace lab
