import { Button, Dropdown } from 'antd'
import { useT } from '@/i18n/useT'
import type { Form } from './forms'

interface StepButtonsProps {
  /** What the server says can be done now, in its order. */
  actions: { name: string }[] | null
  forms: Record<string, Form>
  onStep: (name: string) => void
}

/** The next step as the one primary button, the others behind another. */
export function StepButtons({ actions, forms, onStep }: StepButtonsProps) {
  const t = useT()
  const known = (actions ?? []).map(({ name }) => name).filter((name) => forms[name])
  const order = Object.keys(forms)
  known.sort((a, b) => order.indexOf(a) - order.indexOf(b))
  const [first, ...rest] = known
  const title = (name: string) => t(forms[name]?.title ?? { zh: name, en: name })
  return (
    <>
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map((name) => ({ key: name, label: title(name) })),
            onClick: ({ key }) => onStep(key),
          }}
        >
          <Button>{t('更多', 'More')}</Button>
        </Dropdown>
      )}
      {first && (
        <Button type="primary" onClick={() => onStep(first)}>
          {title(first)}
        </Button>
      )}
    </>
  )
}
