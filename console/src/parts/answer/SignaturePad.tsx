import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { useT } from '@/i18n/useT'

/** Where a signature is drawn; what becomes of the drawing is for who asks for it. */
export function SignaturePad({ onDrawn }: { onDrawn: (drawing: File) => Promise<void> | void }) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState(false)
  const [sending, setSending] = useState(false)
  const clear = () => {
    const pad = canvas.current
    pad?.getContext('2d')?.clearRect(0, 0, pad.width, pad.height)
    setDrawn(false)
  }
  const send = async () => {
    setSending(true)
    try {
      if (canvas.current) await onDrawn(await picture(canvas.current))
    } finally {
      setSending(false)
    }
  }
  return (
    <>
      <canvas
        ref={canvas}
        width={640}
        height={240}
        className="qf-signature-pad"
        role="img"
        aria-label={t('手写签名区', 'Where to draw the signature')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          draw(event, true)
        }}
        onPointerMove={(event) => {
          if (event.buttons === 0) return
          draw(event, false)
          setDrawn(true)
        }}
      />
      <div className="qf-signature-done">
        <Button size="small" disabled={!drawn} onClick={clear}>
          {t('清除', 'Clear')}
        </Button>
        <Button size="small" type="primary" disabled={!drawn} loading={sending} onClick={send}>
          {t('完成签名', 'Done')}
        </Button>
      </div>
    </>
  )
}

/** Goes on with the line to where the pointer is, or begins one there. */
function draw(event: PointerEvent<HTMLCanvasElement>, begin: boolean): void {
  const pad = event.currentTarget
  const pen = pad.getContext('2d')
  const box = pad.getBoundingClientRect()
  if (!pen || box.width === 0) return
  const x = ((event.clientX - box.left) / box.width) * pad.width
  const y = ((event.clientY - box.top) / box.height) * pad.height
  if (begin) {
    pen.beginPath()
    pen.moveTo(x, y)
    pen.lineWidth = 4
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    pen.strokeStyle = '#000'
    return
  }
  pen.lineTo(x, y)
  pen.stroke()
}

function picture(pad: HTMLCanvasElement): Promise<File> {
  return new Promise((resolve, reject) => {
    pad.toBlob((blob) => {
      if (blob) resolve(new File([blob], 'signature.png', { type: 'image/png' }))
      else reject(new Error('the drawing cannot be read'))
    }, 'image/png')
  })
}
