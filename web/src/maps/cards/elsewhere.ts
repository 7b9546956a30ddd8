/** Whether keys pressed there belong to a field or to what is open above the map. */
export function belongsElsewhere(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null
  if (element?.closest('input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]')) return true
  return document.querySelector('[role=dialog][aria-modal=true]') !== null
}
