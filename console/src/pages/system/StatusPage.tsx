import { useQuery } from '@tanstack/react-query'
import { Alert, Skeleton } from 'antd'
import { api, read } from '@/api/client'
import { useT } from '@/i18n/useT'
import { ProblemAlert } from '@/parts/feedback/ProblemAlert'
import { Page } from '@/parts/Page'
import { Facts } from '@/parts/record/Facts'
import { Section } from '@/parts/record/Section'
import { StatNumber } from '@/parts/record/StatNumber'
import { StatRow } from '@/parts/record/StatRow'
import { When } from '@/parts/record/When'
import type { Schemas } from './schemas'
import { showSpan } from './span'

/** How the program is doing, and what an administrator should do something about. */
export default function StatusPage() {
  const t = useT()
  const status = useQuery({
    queryKey: ['system', 'status'],
    queryFn: ({ signal }) => read(api.GET('/api/v1/status', { signal })),
    refetchInterval: 30_000,
  })
  return (
    <Page title={t('运行状态', 'Status')}>
      {status.error && <ProblemAlert error={status.error} onRetry={status.refetch} />}
      {status.isPending && <Skeleton active />}
      {status.data && <StatusView status={status.data} />}
    </Page>
  )
}

function StatusView({ status }: { status: Schemas['SystemStatus'] }) {
  const t = useT()
  const { jobs, warnings } = status
  return (
    <div className="qf-stack">
      {warnings.length === 0 ? (
        <Alert
          type="success"
          showIcon
          title={t('运行正常，没有需要处理的事项。', 'All is well; nothing waits for you.')}
        />
      ) : (
        warnings.map((warning) => (
          <Alert key={warning.en} type="warning" showIcon title={t(warning)} />
        ))
      )}
      <StatRow>
        <StatNumber label={t('等待执行的任务', 'Jobs that wait')} value={jobs.due} />
        <StatNumber
          label={t('最早的已等待', 'The oldest has waited')}
          value={showSpan(jobs.oldest_seconds, t)}
          tone={jobs.oldest_seconds > 300 ? 'warn' : 'plain'}
        />
        <StatNumber
          label={t('失败的任务', 'Failed jobs')}
          value={jobs.dead}
          tone={jobs.dead > 0 ? 'bad' : 'plain'}
          to="/system/jobs"
        />
        <StatNumber label={t('已运行', 'Up for')} value={showSpan(status.uptime_seconds, t)} />
      </StatRow>
      <Section title={t('程序', 'Program')}>
        <Facts
          facts={[
            { label: t('版本', 'Version'), value: status.version },
            {
              label: t('数据库', 'Database'),
              value: status.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL',
            },
            {
              label: t('启动时间', 'Started'),
              value: <When at={status.started_at} precision="second" />,
            },
            {
              label: t('服务器时间', "Server's clock"),
              value: <When at={status.now} precision="second" />,
            },
          ]}
        />
      </Section>
    </div>
  )
}
