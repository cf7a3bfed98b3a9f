import { digestOf } from './digest.ts'
import { announcer, button, find, make } from './dom.ts'
import { browserStore } from './storage.ts'
import { speak, t } from './text.ts'

// The page of a witness: the secret is made, hashed and kept on this phone, and only
// the hash is sent. The page works without it, for who hashes elsewhere.
const store = browserStore()
const key = `witness ${location.pathname}`
speak(document.documentElement.lang)

const commit = find<HTMLFormElement>('form[data-witness=commit]')
const reveal = find<HTMLInputElement>('form[data-witness=reveal] #secret')
if (commit) choose(commit)
if (reveal && !reveal.value) reveal.value = store.get(key) ?? ''

/** Puts a field for the secret in place of that for its hash. */
function choose(form: HTMLFormElement): void {
  const hash = find<HTMLInputElement>('#commitment', form)
  const field = hash?.parentElement
  if (!hash || !field) return
  find('[data-plain]', field)?.remove()
  find('label', field)?.remove()
  hash.type = 'hidden'
  const secret = make('input', {
    id: 'own',
    required: true,
    minLength: 8,
    maxLength: 200,
    autocomplete: 'off',
  })
  const label = make(
    'label',
    { htmlFor: 'own' },
    t('您的随机数（至少 8 个字）', 'Your secret (at least 8 characters)'),
  )
  const line = announcer('hint')
  const keep = () => {
    const long = [...secret.value].length >= 8
    hash.value = long ? digestOf(secret.value) : ''
    secret.setCustomValidity(long ? '' : t('至少 8 个字', 'At least 8 characters'))
    line.textContent = long ? `SHA-256 ${hash.value}` : ''
    store.set(key, secret.value)
  }
  secret.value = store.get(key) ?? ''
  secret.addEventListener('input', keep)
  const roll = button('button quiet', t('掷一个', 'Roll one'), () => {
    secret.value = [...crypto.getRandomValues(new Uint8Array(12))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    keep()
  })
  field.append(
    label,
    secret,
    make('div', { className: 'buttons' }, roll),
    make(
      'p',
      { className: 'hint' },
      t(
        '它只存在这部手机上。请另外抄一份：丢了就不能公开，抽取只好作废。',
        'It stays on this phone. Copy it down as well: if it is lost it cannot be revealed, and the draw is void.',
      ),
    ),
    line,
  )
  form.addEventListener('submit', (e) => {
    if (!hash.value) e.preventDefault()
  })
  keep()
}
