import { announcer, button, find, make } from './dom.ts'
import { t } from './text.ts'

/** Gives the receipt buttons to copy, save and print it. */
export function slipButtons(slip: HTMLElement): void {
  const receipt = find('#receipt', slip)
  const digits = receipt?.textContent?.replace(/\D/g, '') ?? ''
  const form = find('form', slip)
  if (!receipt || !form) return
  const line = announcer('hint')
  const copy = button('button quiet', t('复制号码', 'Copy'), async () => {
    line.textContent = (await copied(digits, receipt))
      ? t('已复制，请粘贴到备忘录', 'Copied; paste it where you keep notes')
      : t('没能复制，请抄下来', 'It could not be copied; please write it down')
  })
  const save = button('button quiet', t('存成图片', 'Save as a picture'), () => {
    picture(slip, digits).toBlob((blob) => {
      if (blob) download(blob, `${t('回执', 'receipt')}-${digits.slice(-4)}.png`)
    })
  })
  const print = button('button quiet', t('打印', 'Print'), () => window.print())
  form.before(make('div', { className: 'buttons' }, copy, save, print), line)
}

async function copied(text: string, element: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Browsers inside other programs lack the clipboard but know this.
    getSelection()?.selectAllChildren(element)
    return document.execCommand('copy')
  }
}

function download(blob: Blob, name: string): void {
  const link = make('a', { href: URL.createObjectURL(blob), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const width = 720
const margin = 48

/** Draws the receipt: the code, the number, and what they are for. */
function picture(slip: Element, digits: string): HTMLCanvasElement {
  const canvas = make('canvas', { width, height: 900 })
  const paint = canvas.getContext('2d')
  if (!paint) return canvas
  paint.fillStyle = '#fff'
  paint.fillRect(0, 0, width, canvas.height)
  drawCode(paint, find<SVGSVGElement>('.code svg', slip))
  paint.fillStyle = '#000'
  paint.textAlign = 'center'
  const line = (text: string, y: number, font: string) => {
    paint.font = `${font} sans-serif`
    paint.fillText(text, width / 2, y, width - 2 * margin)
  }
  line(t('清风 · 回执号', 'Qingfeng · receipt'), 90, '32px')
  line(digits.replace(/(\d{4})(?=\d)/g, '$1 '), 160, 'bold 52px')
  line(find('dd', slip)?.textContent ?? '', 800, '28px')
  line(
    t('凭此查进度、补充、评价，请妥善保管', 'Follow, add to and rate your report; keep it safe'),
    850,
    '26px',
  )
  return canvas
}

function drawCode(paint: CanvasRenderingContext2D, code: SVGSVGElement | null): void {
  if (!code) return
  const scale = (width - 2 * margin - 64) / code.viewBox.baseVal.width
  paint.save()
  paint.translate(margin + 32, 200)
  paint.scale(scale, scale)
  for (const path of code.querySelectorAll('path')) {
    paint.fillStyle = path.getAttribute('fill') ?? '#000'
    paint.fill(new Path2D(path.getAttribute('d') ?? ''))
  }
  paint.restore()
}
