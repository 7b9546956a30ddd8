/** Undo of one's own changes only: what others did meanwhile stays. */
import * as Y from 'yjs'
import { LOCAL, type MapDoc } from './document'
import { COLLECTIONS } from './model'

export interface UndoState {
  canUndo: boolean
  canRedo: boolean
}

const NOTHING: UndoState = { canUndo: false, canRedo: false }

export class Undo {
  private manager: Y.UndoManager
  private listeners = new Set<() => void>()
  private current: UndoState = NOTHING

  constructor(map: MapDoc) {
    const roots = [map.meta, ...COLLECTIONS.map((name) => map.root(name))] as Y.AbstractType<unknown>[]
    // Every command is its own step: a drag and the typing after it are two things to a person.
    this.manager = new Y.UndoManager(roots, { trackedOrigins: new Set([LOCAL]), captureTimeout: 0 })
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
      this.manager.on(event, () => this.refresh())
    }
  }

  get state(): UndoState {
    return this.current
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  undo = (): void => {
    this.manager.undo()
    this.refresh()
  }

  redo = (): void => {
    this.manager.redo()
    this.refresh()
  }

  destroy(): void {
    this.manager.destroy()
  }

  private refresh(): void {
    const next = { canUndo: this.manager.undoStack.length > 0, canRedo: this.manager.redoStack.length > 0 }
    if (next.canUndo === this.current.canUndo && next.canRedo === this.current.canRedo) return
    this.current = next
    for (const listener of [...this.listeners]) listener()
  }
}
