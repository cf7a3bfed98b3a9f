import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { ActionForm } from '@/parts/form/ActionForm'
import { Page } from '@/parts/Page'
import { EntryDone } from './EntryDone'
import { EntryFields } from './EntryFields'
import { type Entered, type Entry, enter, newKey } from './entryApi'
import { LastEntered } from './LastEntered'
import './entry.css'

/** What somebody says on the telephone or at the counter, typed in without touching the mouse. */
export default function EntryPage() {
  const t = useT()
  const [entered, setEntered] = useState<Entered>()
  const [last, setLast] = useState<Entered>()
  // The next report most likely comes by the same way as the last.
  const [channel, setChannel] = useState('telephone')
  const [key, setKey] = useState(newKey)
  const next = () => {
    setLast(entered)
    setEntered(undefined)
    setKey(newKey())
  }
  const submit = (values: Entry) => {
    setChannel(values.channel)
    return enter({ ...values, idempotency_key: key })
  }
  return (
    <Page title={t('登记诉求', 'Enter a report')}>
      {entered ? (
        <EntryDone entered={entered} onNext={next} />
      ) : (
        <section className="qf-entry">
          {last && <LastEntered entered={last} onClose={() => setLast(undefined)} />}
          <p className="qf-faint">
            {t(
              'Tab 换到下一项，在下拉框里直接输入可查找，Ctrl + Enter 提交。',
              'Tab goes on, typing searches in lists, Ctrl + Enter submits.',
            )}
          </p>
          <ActionForm<Entry, Entered>
            name="entry"
            initial={{ channel, mode: 'named' }}
            submitLabel={t('登记（Ctrl + Enter）', 'Enter (Ctrl + Enter)')}
            // Who somebody is, is not kept in the browser.
            secret={['reporter_name', 'reporter_phone']}
            submit={submit}
            onDone={setEntered}
          >
            <EntryFields />
          </ActionForm>
        </section>
      )}
    </Page>
  )
}
