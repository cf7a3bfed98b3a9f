import { DownOutlined, UnlockOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown, Space } from 'antd'
import { asProblem } from '@/api/problem'
import { useT } from '@/i18n/useT'
import { openIdentity, type Purpose, type Standing } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

interface OpenIdentityProps {
  /** The case that the person has before them. */
  id: string
  reporter: Standing
  onAsk?: ((report: string) => void) | undefined
}

/** Opens who reported: at one press for what the stage of the case asks for, or for another purpose. */
export function OpenIdentity({ id, reporter, onAsk }: OpenIdentityProps) {
  const t = useT()
  const { message } = App.useApp()
  const { purposes } = useCaseWords()
  const client = useQueryClient()
  const { report, state, likely } = reporter
  const open = useMutation({
    mutationFn: (purpose?: Purpose) => openIdentity(id, { report, ...(purpose && { purpose }) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['case', id] }),
    onError: (error) => {
      message.error(asProblem(error).message)
      client.invalidateQueries({ queryKey: ['case', id] })
    },
  })
  if (state === 'guarded') {
    return (
      <Button size="small" onClick={() => onAsk?.(report)}>
        {t('申请查看姓名和电话', 'Ask to see name and telephone')}
      </Button>
    )
  }
  if (state === 'approved') {
    return (
      <Button
        size="small"
        type="primary"
        icon={<UnlockOutlined />}
        loading={open.isPending}
        onClick={() => open.mutate(undefined)}
      >
        {t('查看姓名和电话', 'See name and telephone')}
      </Button>
    )
  }
  const others = Object.keys(purposes).filter(
    (code) => code !== likely && (code !== 'other' || onAsk),
  )
  return (
    <Space.Compact size="small">
      <Button
        size="small"
        icon={<UnlockOutlined />}
        loading={open.isPending}
        onClick={() => open.mutate(likely)}
      >
        {t(
          `查看姓名和电话：${wordOf(purposes, likely).zh}`,
          `Open ${lower(wordOf(purposes, likely).en)}`,
        )}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: others.map((code) => ({ key: code, label: t(wordOf(purposes, code)) })),
          onClick: ({ key }) => (key === 'other' ? onAsk?.(report) : open.mutate(key as Purpose)),
        }}
      >
        <Button
          size="small"
          icon={<DownOutlined />}
          aria-label={t('查看身份的其他用途', 'See who it is for another purpose')}
        />
      </Dropdown>
    </Space.Compact>
  )
}

/** A purpose within a sentence. */
function lower(purpose: string): string {
  return purpose.charAt(0).toLowerCase() + purpose.slice(1)
}
