import { Button, Form } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useT } from '@/i18n/useT'
import { clearedErrors } from './clearedErrors'
import { DraftNotice } from './DraftNotice'
import type { Draft } from './draft'
import { FormProblem } from './FormProblem'
import { useDrafts } from './useDrafts'
import { registeredPaths, useSubmit } from './useSubmit'
import './form.css'

export interface ActionFormProps<V extends object, R> {
  /** Names the draft; the same everywhere this form is shown, with the record's id if it edits one. */
  name: string
  initial?: Partial<V>
  /** Sends the values; what it throws is shown at the fields. */
  submit: (values: V) => Promise<R>
  onDone?: (result: R) => void
  onCancel?: () => void
  submitLabel?: string
  /** The action takes something away. */
  danger?: boolean
  /** Top-level fields that are never kept, such as passwords. */
  secret?: (keyof V & string)[]
  /** `Form.Item`s; mark required fields with `required`, the server says the rest. */
  children: ReactNode
}

/** A form that never loses what was typed: not on an error, not on a reload, not when the session expires. */
export function ActionForm<V extends object, R>(props: ActionFormProps<V, R>) {
  const { name, initial, secret = [], danger = false } = props
  const t = useT()
  const [form] = Form.useForm<V>()
  const drafts = useDrafts()
  const [restored, setRestored] = useState(() => drafts.read(name))
  const sending = useSubmit({ ...props, form, drafts })

  const remember = (changed: Partial<V>) => {
    form.setFields(clearedErrors(form.getFieldsError(), changed) as never)
    drafts.keep(name, without(form.getFieldsValue(true), secret))
  }
  const discard = () => {
    drafts.drop(name)
    setRestored(undefined)
    form.setFieldsValue(startValues(form.getFieldsValue(true), initial) as never)
  }
  return (
    <Form<V>
      form={form}
      name={idOf(name)}
      layout="vertical"
      requiredMark
      disabled={sending.isPending}
      initialValues={{ ...initial, ...restored }}
      onValuesChange={remember}
      onFinish={sending.send}
      onKeyDown={(event) => submitOnCtrlEnter(event, form.submit)}
      className="qf-form"
    >
      {restored && <DraftNotice onDiscard={discard} />}
      {props.children}
      {sending.error && <FormProblem error={sending.error} fields={registeredPaths(form)} />}
      <div className="qf-form-actions">
        <Button
          type="primary"
          htmlType="submit"
          danger={danger}
          loading={sending.isPending}
          title="Ctrl + Enter"
        >
          {props.submitLabel ?? t('提交', 'Submit')}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t('取消', 'Cancel')}</Button>}
      </div>
    </Form>
  )
}

/** Two forms on one page may have fields of the same name; the name of the form tells their ids apart. */
function idOf(name: string): string {
  return name.replace(/[^\w-]/g, '_')
}

/** The initial values, and undefined for every other field that was filled in. */
function startValues(filled: object, initial: object = {}): object {
  return {
    ...Object.fromEntries(Object.keys(filled).map((field) => [field, undefined])),
    ...initial,
  }
}

function without<V extends object>(values: V, secret: string[]): Draft {
  return Object.fromEntries(Object.entries(values).filter(([field]) => !secret.includes(field)))
}

function submitOnCtrlEnter(event: KeyboardEvent, submit: () => void): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    submit()
  }
}
