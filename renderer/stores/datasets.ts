// Imported tables, as main last told of them. Built-in data sets need no store: the engine's table names them.

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { TableInfo } from '../../engine/data/table'
import { call, on } from '../client'
import { useNotices } from './notices'

export const useDatasets = defineStore('datasets', () => {
  const notices = useNotices()
  const tables = shallowRef<readonly TableInfo[]>([])
  const isLoaded = shallowRef(false)
  const index = computed(() => new Map(tables.value.map((table) => [table.hash, table])))

  on('datasets.changed', ({ datasets }) => (tables.value = datasets))

  function byHash(hash: string): TableInfo | undefined {
    return index.value.get(hash)
  }
  async function load(): Promise<void> {
    try {
      tables.value = await call('datasets.list')
    } catch (thrown) {
      notices.fail(thrown)
    }
    isLoaded.value = true
  }
  void load()

  /** Adds what an import answered before main's own event arrives. */
  function put(table: TableInfo): void {
    tables.value = [...tables.value.filter(({ hash }) => hash !== table.hash), table]
  }

  /** Takes a table out of the list and offers Undo; never asks first. */
  async function remove(table: TableInfo): Promise<void> {
    try {
      await call('datasets.remove', { hash: table.hash })
      tables.value = tables.value.filter(({ hash }) => hash !== table.hash)
      notices.show('info', `Removed "${table.name}"`, {
        action: { label: 'Undo', run: () => void restore(table) },
      })
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  async function restore(table: TableInfo): Promise<void> {
    try {
      await call('datasets.restore', { hash: table.hash })
      put(table)
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  return { tables, isLoaded, byHash, load, put, remove }
})
