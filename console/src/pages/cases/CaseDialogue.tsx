import { Form } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/useT'
import { LongText } from '@/parts/fields/LongText'
import { ActionForm } from '@/parts/form/ActionForm'
import { Section } from '@/parts/record/Section'
import { When } from '@/parts/record/When'
import { type CaseDetail, writeTo } from './caseApi'
import { offers } from './nextStep'

/** The messages between the reporter and the staff, and the box for a new one. */
export function CaseDialogue({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const [sent, setSent] = useState(0)
  const { messages, people } = detail
  const id = detail.case.id
  return (
    <Section title={t('与诉求人对话', 'Dialogue with the reporter')}>
      <div className="qf-stack">
        {messages.length === 0 && (
          <span className="qf-faint">{t('还没有留言', 'No messages yet')}</span>
        )}
        <ul className="qf-case-messages">
          {messages.map((message) => {
            const mine = message.author !== 'reporter'
            return (
              <li key={message.id} className={mine ? 'qf-case-mine' : undefined}>
                <div className="qf-faint">
                  {mine
                    ? (people[message.author] ?? t('工作人员', 'Staff'))
                    : t('诉求人', 'Reporter')}{' '}
                  <When at={message.at} />
                </div>
                <div className="qf-case-bubble">{message.body}</div>
              </li>
            )
          })}
        </ul>
        {offers(detail, 'message') && (
          <ActionForm<{ text: string }, void>
            key={sent}
            name={`case.${id}.message`}
            submitLabel={t('发送', 'Send')}
            submit={(body) => writeTo(id, body)}
            onDone={() => setSent(sent + 1)}
          >
            <Form.Item
              name="text"
              label={t('给诉求人留言', 'Write to the reporter')}
              extra={t(
                '诉求人凭回执号看到，不显示您的姓名。',
                'Read with the receipt number; your name is not shown.',
              )}
            >
              <LongText rows={2} />
            </Form.Item>
          </ActionForm>
        )}
      </div>
    </Section>
  )
}
