/** The most characters that the API takes, by schema and field. Written by build/limits.mjs. */
export const limits = {
  AddHelperInputBody: {
    reason: 2000,
  },
  AddRuleInputBody: {
    category: 3,
    reason: 500,
  },
  AnswerSupervisionInputBody: {
    text: 5000,
  },
  AskInputBody: {
    other: 40,
    reason: 2000,
    review: 10,
  },
  AssignInputBody: {
    note: 1000,
  },
  CampaignAddConductBody: {
    name: 100,
    post: 100,
    since: 10,
    unit: 64,
  },
  CampaignBlock: {
    heading: 200,
    text: 20000,
  },
  CampaignBound: {
    row: 60,
  },
  CampaignBriefStep: {
    reason: 500,
  },
  CampaignCheckLookBody: {
    inspection: 64,
    note: 2000,
  },
  CampaignContent: {
    doc_number: 100,
    goal: 5000,
    issuer: 200,
  },
  CampaignDeskMilestone: {
    due: 10,
    text: 1000,
  },
  CampaignDraftBody: {
    region: 12,
    title: 200,
  },
  CampaignDuty: {
    due: 10,
    id: 40,
    period_end: 10,
    period_start: 10,
    title: 200,
  },
  CampaignEndConductBody: {
    until: 10,
  },
  CampaignFillBody: {
    text: 20000,
  },
  CampaignHeader: {
    filler: 100,
    phone: 30,
    reviewer: 100,
  },
  CampaignLine: {
    figure: 80,
    group: 100,
    key: 60,
    label: 100,
    parent: 60,
    part: 60,
    unit: 20,
    whole: 60,
  },
  CampaignMilestone: {
    due: 10,
    text: 1000,
  },
  CampaignMilestoneState: {
    due: 10,
    text: 1000,
  },
  CampaignNewBrief: {
    title: 120,
  },
  CampaignOpenSelfBody: {
    form_id: 64,
    stage: 200,
  },
  CampaignPerson: {
    name: 100,
    phone: 50,
    role: 100,
    unit: 200,
  },
  CampaignReturnStep: {
    mark: 64,
    reason: 500,
  },
  CampaignRow: {
    figure: 80,
    group: 100,
    key: 60,
    label: 100,
    parent: 60,
    part: 60,
    unit: 20,
    whole: 60,
  },
  CampaignSaveBody: {
    reason: 500,
    title: 200,
  },
  CampaignSaveBriefBody: {
    title: 120,
  },
  CampaignSourceBody: {
    text: 300000,
  },
  CampaignStage: {
    end: 10,
    start: 10,
    text: 5000,
    title: 200,
  },
  CampaignStepBody: {
    reason: 500,
  },
  CampaignTableBody: {
    reason: 500,
  },
  CampaignTakeOffBody: {
    reason: 500,
  },
  CampaignTask: {
    group: 500,
    id: 40,
    lead: 40,
    named: 500,
    text: 5000,
    title: 500,
  },
  CampaignTypedRow: {
    last_year: 60,
    period: 60,
    remark: 500,
    total: 60,
  },
  CampaignTypicalBody: {
    category: 8,
    text: 10000,
    title: 200,
    unit: 64,
  },
  CampaignTypicalStep: {
    reason: 500,
  },
  CaseworkAnswers: {
    remark: 2000,
  },
  ContactInputBody: {
    note: 2000,
  },
  DecideIdentityInputBody: {
    reason: 2000,
  },
  DecideInputBody: {
    reason: 2000,
  },
  DispatchInputBody: {
    reason: 2000,
  },
  DisposeInputBody: {
    reason: 5000,
  },
  EndSupervisionInputBody: {
    reason: 2000,
  },
  FeedbackInputBody: {
    note: 2000,
  },
  FormNewForm: {
    name_en: 200,
    name_zh: 200,
    owner_path: 400,
    purpose: 40,
  },
  FormPublication: {
    reason: 500,
  },
  FormReason: {
    reason: 500,
  },
  IdentityInputBody: {
    reason: 2000,
    report: 40,
  },
  InspectionAssignInput: {
    campaign_id: 64,
    due_on: 10,
    form_id: 64,
    kind: 20,
    look_back_of: 64,
    reason: 500,
    region: 6,
    target_id: 64,
  },
  InspectionBatchInput: {
    draw_on: 10,
    due_on: 10,
    title: 200,
  },
  InspectionBecause: {
    reason: 500,
  },
  InspectionFreezeInput: {
    batch: 64,
    campaign_id: 64,
    due_on: 10,
    from: 10,
    of: 20,
    region: 6,
    title: 200,
    to: 10,
  },
  InspectionItemInput: {
    basis: 500,
    code: 40,
    form_id: 64,
    name: 200,
    region: 6,
    tier: 20,
  },
  InspectionMonitorInput: {
    district: 6,
    name: 50,
    phone: 20,
    recruited_by: 100,
    recruited_on: 10,
    term_from: 10,
    term_until: 10,
    trained_on: 10,
    training: 200,
    walk: 100,
  },
  InspectionOfficerInput: {
    agency: 100,
    cert_no: 60,
    cert_until: 10,
    district: 6,
    name: 100,
    staff_id: 64,
  },
  InspectionPlanInput: {
    note: 4000,
    region: 6,
    title: 200,
  },
  InspectionProblemInput: {
    category: 10,
    due_on: 10,
    text: 2000,
  },
  InspectionRate: {
    class: 1,
    reason: 500,
  },
  InspectionRecusalInput: {
    kind: 30,
    reason: 500,
    since: 10,
    target_id: 64,
    until: 10,
  },
  InspectionReplaceInput: {
    officer: 64,
    reason: 500,
  },
  InspectionResultInput: {
    conclusion: 20,
    note: 4000,
    opinion_no: 60,
  },
  InspectionSiftInput: {
    category: 10,
    due_on: 10,
    reason: 500,
    visit_id: 64,
  },
  InspectionSignature: {
    name: 100,
    officer_id: 64,
    upload: 64,
  },
  InspectionSwitch: {
    reason: 500,
  },
  InspectionSyncInput: {
    region: 6,
  },
  InspectionVisitInput: {
    id: 64,
    latitude: 20,
    longitude: 20,
    reason: 500,
  },
  IntakeEntry: {
    category: 3,
    idempotency_key: 100,
    institution: 40,
    occurred_on: 10,
    place: 64,
    region: 12,
    source_no: 64,
    token: 64,
  },
  IntakePosterOrder: {
    institution: 64,
    region: 6,
  },
  IntakeSubmission: {
    category: 3,
    idempotency_key: 100,
    institution: 40,
    occurred_on: 10,
    region: 12,
    token: 64,
  },
  InvestigateInputBody: {
    place: 200,
    summary: 20000,
  },
  KeepOutInputBody: {
    reason: 500,
  },
  LimitSolution: {
    challenge: 200,
    counter: 20,
  },
  MakeCodesInputBody: {
    institution: 64,
  },
  MergeInputBody: {
    reason: 2000,
  },
  NewCodeBody: {
    value: 22,
  },
  NoteInputBody: {
    text: 5000,
  },
  OpinionInputBody: {
    text: 5000,
  },
  OrgClosing: {
    reason: 500,
  },
  OrgEnterByPin: {
    pin: 6,
    token: 64,
  },
  OrgFirstOpening: {
    phone: 4,
    pin: 6,
    token: 64,
  },
  OrgHeldLink: {
    token: 64,
  },
  OrgLogin: {
    password: 200,
    username: 64,
  },
  OrgNewAccount: {
    username: 32,
  },
  OrgNewGrant: {
    path: 400,
    role: 64,
  },
  OrgNewIdentity: {
    reason: 500,
    subject: 255,
  },
  OrgNewInstitution: {
    address: 300,
    hours: 300,
    insurance: 12,
    legal_rep: 100,
    level: 4,
    licence: 100,
    licence_until: 10,
    name: 100,
    nature: 20,
    ownership: 20,
    parent: 6,
    phone: 100,
    principal: 100,
    registration: 22,
    short_name: 100,
    subkind: 40,
    uscc: 18,
  },
  OrgNewName: {
    name: 60,
  },
  OrgNewPasskey: {
    ceremony: 64,
    name: 60,
  },
  OrgNewPassword: {
    new: 200,
    old: 200,
  },
  OrgNewPlace: {
    location: 300,
    name: 100,
    unit_id: 64,
  },
  OrgNewPolicy: {
    reason: 500,
  },
  OrgNewStaff: {
    email: 100,
    employee_no: 50,
    name: 100,
    phone: 100,
    title: 100,
    unit_id: 64,
  },
  OrgNewUnit: {
    address: 300,
    hours: 300,
    name: 100,
    parent: 64,
    phone: 100,
    short_name: 100,
    subkind: 40,
  },
  OrgPasskeyAnswer: {
    ceremony: 64,
  },
  OrgPlaceChange: {
    location: 300,
    name: 100,
    unit_id: 64,
  },
  OrgProfileChange: {
    legal_rep: 100,
    level: 4,
    licence: 100,
    licence_until: 10,
    nature: 20,
    ownership: 20,
    principal: 100,
  },
  OrgProof: {
    password: 200,
  },
  OrgReason: {
    reason: 500,
  },
  OrgSecondCode: {
    code: 40,
  },
  OrgStaffChange: {
    email: 100,
    employee_no: 50,
    name: 100,
    phone: 100,
    title: 100,
    unit_id: 64,
  },
  OrgSuccession: {
    reason: 500,
    successor: 64,
  },
  OrgUnitChange: {
    address: 300,
    hours: 300,
    name: 100,
    phone: 100,
    short_name: 100,
    subkind: 40,
  },
  ProblemAskInputBody: {
    reason: 2000,
  },
  ProblemAssignManyInputBody: {
    department_id: 40,
    note: 1000,
    responsible: 40,
  },
  ProblemCloseInputBody: {
    reason: 2000,
  },
  ProblemCorrectInputBody: {
    category: 8,
    clause: 10,
    description: 5000,
    found_by: 100,
    found_how: 100,
    location: 200,
    reason: 2000,
  },
  ProblemDecideInputBody: {
    reason: 2000,
  },
  ProblemEnterInputBody: {
    campaign_id: 40,
    category: 8,
    clause: 10,
    department_id: 40,
    description: 5000,
    found_by: 100,
    found_how: 100,
    leader: 100,
    location: 200,
    measures: 5000,
    remark: 1000,
    responsible: 40,
    unit_id: 40,
  },
  ProblemListingInputBody: {
    authority: 100,
    reason: 2000,
  },
  ProblemLookInputBody: {
    reason: 2000,
  },
  ProblemPlanInputBody: {
    charge: 100,
    contingency: 5000,
    controls: 2000,
    goal: 2000,
    leader: 100,
    measures: 5000,
  },
  ProblemReportInputBody: {
    text: 5000,
  },
  ProblemSaidBody: {
    reason: 2000,
  },
  ReasonedBody: {
    reason: 2000,
  },
  RecomputeInputBody: {
    end: 10,
    parent: 40,
    start: 10,
  },
  RectifyProblemAssignTo: {
    department_id: 40,
    note: 1000,
    responsible: 40,
  },
  RejectInputBody: {
    advice: 500,
    reason: 2000,
  },
  ReleaseInputBody: {
    reason: 2000,
  },
  RelinkInputBody: {
    reason: 500,
  },
  RetractInputBody: {
    reason: 2000,
  },
  SanctionAnswer: {
    on: 10,
    result: 5000,
  },
  SanctionChange: {
    decision_no: 100,
    on: 10,
    reason: 1000,
  },
  SanctionDated: {
    on: 10,
  },
  SanctionDecision: {
    decision_no: 100,
    late_reason: 1000,
    on: 10,
  },
  SanctionFiling: {
    basis: 1000,
    campaign_id: 40,
    ended_on: 10,
    facts: 5000,
    found_on: 10,
    on: 10,
    source: 40,
    source_id: 40,
  },
  SanctionImposing: {
    on: 10,
    reason: 1000,
  },
  SanctionNewBlack: {
    campaign_id: 40,
    gravity: 40,
    on: 10,
    penalty_id: 40,
    reason: 1000,
  },
  SanctionNewHeld: {
    name: 100,
    on: 10,
    post: 100,
    reason: 1000,
  },
  SanctionNewMeasure: {
    kind: 40,
    note: 500,
  },
  SanctionNewPass: {
    passed_on: 10,
  },
  SanctionNewPoint: {
    band: 40,
    campaign_id: 40,
    confirmed_on: 10,
    found_on: 10,
    penalty_id: 40,
    rule: 500,
    shift_reason: 1000,
    source: 40,
    source_id: 40,
    violation: 5,
  },
  SanctionNewTransfer: {
    agency: 40,
    campaign_id: 40,
    matter: 5000,
    on: 10,
    penalty_id: 40,
    source: 40,
    source_id: 40,
  },
  SanctionNewVeto: {
    on: 10,
    penalty_id: 40,
    reason: 1000,
  },
  SanctionNoted: {
    note: 1000,
    on: 10,
  },
  SanctionNoticeInput: {
    notice_no: 100,
    on: 10,
  },
  SanctionOfficer: {
    certificate: 40,
    name: 100,
  },
  SanctionOnSpot: {
    basis: 1000,
    campaign_id: 40,
    decision_no: 100,
    ended_on: 10,
    facts: 5000,
    found_on: 10,
    on: 10,
    source: 40,
    source_id: 40,
  },
  SanctionPayment: {
    on: 10,
    reason: 1000,
  },
  SanctionProposal: {
    basis: 1000,
    gravity: 40,
    record: 40,
    replaces: 40,
    text: 5000,
    title: 200,
  },
  SanctionReasoned: {
    on: 10,
    reason: 1000,
  },
  SanctionReceipt: {
    on: 10,
    receipt_no: 100,
  },
  SanctionWho: {
    certificate: 40,
    name: 100,
    region: 6,
    subject_id: 40,
    unit_id: 40,
  },
  SignInputBody: {
    note: 1000,
  },
  SubmitInputBody: {
    findings: 20000,
    measures: 20000,
    reply: 5000,
    without_helpers: 500,
  },
  SuperviseInputBody: {
    demand: 2000,
  },
  SystemChangeBody: {
    effective_from: 10,
    reason: 500,
    scope: 400,
    seen: 40,
    source: 300,
  },
  SystemImportBody: {
    file: 100000,
    reason: 500,
  },
  TakeDownBody: {
    reason: 300,
  },
  WithdrawInputBody: {
    reason: 2000,
  },
  WriteInputBody: {
    text: 2000,
  },
} as const
