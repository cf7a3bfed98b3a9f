import { button } from './dom.ts'
import { t } from './text.ts'

const longest = 10 * 60 // seconds

/** Whether this browser can record a voice in the page. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && !!navigator.mediaDevices?.getUserMedia
}

/** A button that records: once to begin, once more to stop. */
export function recorder(add: (file: File) => void): HTMLButtonElement {
  const idle = t('录一段话', 'Record your voice')
  let recording: Recording | null = null
  const control = button('button quiet', idle, async () => {
    if (recording) {
      recording.stop()
      return
    }
    try {
      recording = await Recording.start(say)
    } catch {
      control.textContent = t('没有麦克风权限，录不了', 'No permission to use the microphone')
      return
    }
    control.classList.add('recording')
    const file = await recording.finished
    recording = null
    control.classList.remove('recording')
    control.textContent = idle
    if (file.size > 0) add(file)
  })
  const say = (seconds: number) => {
    control.textContent = t(
      `正在录 ${clock(seconds)}，按这里结束`,
      `Recording ${clock(seconds)}; press to stop`,
    )
  }
  return control
}

class Recording {
  readonly finished: Promise<File>
  private readonly timer: ReturnType<typeof setInterval>

  static async start(tick: (seconds: number) => void): Promise<Recording> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    return new Recording(stream, new MediaRecorder(stream), tick)
  }

  private constructor(
    stream: MediaStream,
    private readonly media: MediaRecorder,
    tick: (seconds: number) => void,
  ) {
    const parts: Blob[] = []
    let seconds = 0
    this.timer = setInterval(() => {
      tick(++seconds)
      if (seconds >= longest) this.stop()
    }, 1000)
    tick(0)
    media.ondataavailable = (e) => parts.push(e.data)
    this.finished = new Promise((resolve) => {
      media.onstop = () => {
        for (const track of stream.getTracks()) track.stop()
        resolve(new File(parts, name(media.mimeType), { type: media.mimeType }))
      }
    })
    media.start()
  }

  stop(): void {
    clearInterval(this.timer)
    if (this.media.state !== 'inactive') this.media.stop()
  }
}

function name(type: string): string {
  const now = new Date()
  const ending = type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'
  const stamp = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('')
  return `${t('录音', 'recording')}-${stamp}.${ending}`
}

/** A length of time as mm:ss. */
export function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
