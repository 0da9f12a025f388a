// What was imported, as main last told of it. Built-in data sets need no store: the engine's table names them.

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ImportedInfo } from '../../engine/data/imported'
import { call, on } from '../client'
import { useNotices } from './notices'

export const useDatasets = defineStore('datasets', () => {
  const notices = useNotices()
  const imported = shallowRef<readonly ImportedInfo[]>([])
  const isLoaded = shallowRef(false)
  const index = computed(() => new Map(imported.value.map((each) => [each.hash, each])))

  on('datasets.changed', ({ datasets }) => (imported.value = datasets))

  function byHash(hash: string): ImportedInfo | undefined {
    return index.value.get(hash)
  }
  async function load(): Promise<void> {
    try {
      imported.value = await call('datasets.list')
    } catch (thrown) {
      notices.fail(thrown)
    }
    isLoaded.value = true
  }
  void load()

  /** Adds what an import answered before main's own event arrives. */
  function put(added: ImportedInfo): void {
    imported.value = [...imported.value.filter(({ hash }) => hash !== added.hash), added]
  }

  /** Takes a data set out of the list and offers Undo; never asks first. */
  async function remove(removed: ImportedInfo): Promise<void> {
    try {
      await call('datasets.remove', { hash: removed.hash })
      imported.value = imported.value.filter(({ hash }) => hash !== removed.hash)
      notices.show('info', `Removed "${removed.name}"`, {
        action: { label: 'Undo', run: () => void restore(removed) },
      })
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  async function restore(removed: ImportedInfo): Promise<void> {
    try {
      await call('datasets.restore', { hash: removed.hash })
      put(removed)
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  return { imported, isLoaded, byHash, load, put, remove }
})
