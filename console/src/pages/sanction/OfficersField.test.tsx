import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { ActionForm } from '@/parts/form/ActionForm'
import { renderPart } from '@/test/renderPart'
import { OfficersField } from './OfficersField'

// What is held against the list as a whole stands below it: no single input is wrong,
// and a refusal that is seen nowhere makes the button look dead.
it('shows what is refused of the officers as a whole', async () => {
  const submit = () =>
    Promise.reject(
      new ApiProblem({
        status: 422,
        title: '请检查',
        errors: [{ location: 'body.officers', message: '至少要有2名执法人员' }],
      }),
    )
  renderPart(
    <ActionForm name="file" initial={{ officers: [{}, {}] }} submit={submit} submitLabel="立案">
      <OfficersField />
    </ActionForm>,
  )
  await userEvent.click(screen.getByRole('button', { name: /立\s*案/ }))
  expect(await screen.findByText('至少要有2名执法人员')).toBeTruthy()
})
