/** The foot of an inspector: takes away what it shows. Undo brings it back. */
import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useSession } from '../session'

export function DeleteButton({ label, onDelete }: { label: string; onDelete: () => void }) {
  if (useSession().readOnly) return null
  return (
    <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconTrash size={15} />} onClick={onDelete}>
      {label}
    </Button>
  )
}
