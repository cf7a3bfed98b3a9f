import { Button } from 'antd'
import { useEffect, useId, useRef } from 'react'
import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import type { Photo } from './visit'

/** Takes photos; they stay on the phone until the visit is handed in. */
export function PhotosField({
  photos,
  disabled,
  onChange,
}: {
  photos: Photo[]
  disabled: boolean
  onChange: (photos: Photo[]) => void
}) {
  const t = useT()
  const id = useId()
  const add = (files: FileList | null) =>
    onChange([...photos, ...[...(files ?? [])].map((file) => ({ name: file.name, file }))])
  return (
    <Section title={t('照片', 'Photos')}>
      {disabled && photos.length === 0 && t('没有', 'None')}
      <div className="qf-visit-photos">
        {photos.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a photo has no other name, and their order stays
          <figure key={at}>
            <Thumb file={one.file} name={one.name} />
            {!disabled && (
              <Button onClick={() => onChange(photos.filter((other) => other !== one))}>
                {t('删去', 'Remove')}
              </Button>
            )}
          </figure>
        ))}
      </div>
      {!disabled && (
        <label htmlFor={id} className="qf-visit-camera">
          {t('拍照或选择照片', 'Take or choose photos')}
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            onChange={({ target }) => {
              add(target.files)
              target.value = ''
            }}
          />
        </label>
      )}
    </Section>
  )
}

const side = 96

/** A photo in small. It is drawn: the content security policy shows no pictures of our own making. */
function Thumb({ file, name }: { file: Blob; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let gone = false
    globalThis
      .createImageBitmap?.(file, { resizeWidth: side, resizeHeight: side })
      .then((picture) => {
        if (!gone) canvas.current?.getContext('2d')?.drawImage(picture, 0, 0)
      })
      .catch(() => undefined) // its name is there all the same
    return () => {
      gone = true
    }
  }, [file])
  return (
    <>
      <canvas ref={canvas} width={side} height={side} />
      <figcaption>{name}</figcaption>
    </>
  )
}
