/** A chosen photo as a small square picture, drawn anew so that nothing of the file but its picture is kept. */

const SIDE = 384
/** The server takes at most 300,000 characters. */
const LARGEST = 290_000

/** A data URL, or null when the file is no picture a browser can read. */
export async function squarePhoto(file: File): Promise<string | null> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch {
    return null
  }
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const side = Math.min(bitmap.width, bitmap.height)
  canvas.getContext('2d')!.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, SIDE, SIDE)
  bitmap.close()
  for (const quality of [0.86, 0.7, 0.5]) {
    const url = canvas.toDataURL('image/jpeg', quality)
    if (url.length <= LARGEST) return url
  }
  return null
}
