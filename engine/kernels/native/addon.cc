// What JavaScript calls. Compiled without AVX2, so that loading it on an older processor only says "not
// supported".
#include <node_api.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
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

bool layOver(void* target, size_t length, int file, int64_t offset) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  if (length == 0 || length % page != 0 || reinterpret_cast<uintptr_t>(target) % page != 0) return false;
  struct stat status;
  if (offset < 0 || offset % page != 0 || fstat(file, &status) != 0) return false;
  if (status.st_size - offset < static_cast<int64_t>(length)) return false;
  int flags = MAP_PRIVATE | MAP_FIXED;
#ifdef MAP_POPULATE
  flags |= MAP_POPULATE;
#endif
  // Writable only afterwards: pages that are populated as writable ones would be copied at once.
  if (mmap(target, length, PROT_READ, flags, file, offset) == target &&
      mprotect(target, length, PROT_READ | PROT_WRITE) == 0) {
    return true;
  }
  // What was there before may be gone, and memory without a page would end the process.
  mmap(target, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0);
  return false;
}

/**
 * mapFile(target: Uint8Array, file: number, offset: number): boolean
 * Lays bytes of an open file over the array without copying them: processes that map the same file have it in memory
 * once. What is written into the array stays in this process. False where that can not be: the array does not begin
 * and end at a page of memory or has no bytes, the file does not reach to its end, or the system refuses, after which
 * the array may hold zeros.
 */
napi_value mapFile(napi_env env, napi_callback_info info) {
  napi_value values[3];
  size_t count = 3;
  size_t length = 0;
  void* target = nullptr;
  napi_typedarray_type type;
  int32_t file;
  int64_t offset;
  const bool isUnderstood =
      napi_get_cb_info(env, info, &count, values, nullptr, nullptr) == napi_ok && count == 3 &&
      napi_get_typedarray_info(env, values[0], &type, &length, &target, nullptr, nullptr) == napi_ok &&
      type == napi_uint8_array && napi_get_value_int32(env, values[1], &file) == napi_ok &&
      napi_get_value_int64(env, values[2], &offset) == napi_ok;
  if (!isUnderstood) {
    napi_throw_type_error(env, nullptr, "mapFile: expected (target: Uint8Array, file: number, offset: number).");
    return nullptr;
  }
  napi_value result;
  napi_get_boolean(env, layOver(target, length, file, offset), &result);
  return result;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"isSupported", nullptr, isSupported, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"run", nullptr, run, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"mapFile", nullptr, mapFile, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 3, functions);
  return exports;
}
