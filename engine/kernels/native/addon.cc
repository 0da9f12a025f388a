// What JavaScript calls. Compiled without AVX2, so that loading it on an older processor only says "not
// supported".
#include <node_api.h>

#include <cstdio>

#include "program.h"

namespace {

napi_value isSupported(napi_env env, napi_callback_info) {
  napi_value result;
  napi_get_boolean(env, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"), &result);
  return result;
}

/** run(arena: Uint8Array, program: number, first: number, count: number, thread: number): steps run */
napi_value run(napi_env env, napi_callback_info info) {
  napi_value values[5];
  size_t count = 5;
  void* arena = nullptr;
  int32_t numbers[4];
  bool isUnderstood =
      napi_get_cb_info(env, info, &count, values, nullptr, nullptr) == napi_ok && count == 5 &&
      napi_get_typedarray_info(env, values[0], nullptr, nullptr, &arena, nullptr, nullptr) == napi_ok;
  for (int i = 0; isUnderstood && i < 4; i++) {
    isUnderstood = napi_get_value_int32(env, values[i + 1], &numbers[i]) == napi_ok;
  }
  if (!isUnderstood) {
    napi_throw_type_error(env, nullptr,
                          "run: expected (arena: Uint8Array, program, first, count, thread: number).");
    return nullptr;
  }
  const descent::Outcome outcome = descent::runProgram(
      static_cast<uint8_t*>(arena), static_cast<uint32_t>(numbers[0]), numbers[1], numbers[2], numbers[3]);
  if (outcome.unknownKind != 0) {
    char message[64];
    std::snprintf(message, sizeof message, "run: operation %d is not known.", outcome.unknownKind);
    napi_throw_error(env, nullptr, message);
    return nullptr;
  }
  napi_value result;
  napi_create_int32(env, outcome.steps, &result);
  return result;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"isSupported", nullptr, isSupported, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"run", nullptr, run, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}
