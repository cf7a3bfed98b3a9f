package casework

import (
	"context"

	"qingfeng/internal/kit/flow"
	"qingfeng/internal/org/demand"
)

// Dictionaries is the closed lists of handling: from which people choose, and
// in which they read.
type Dictionaries struct {
	Outcomes           []demand.Named[demand.Outcome]         `json:"outcomes"`
	Causes             []demand.Named[demand.Cause]           `json:"causes" doc:"Root causes."`
	ExclusionReasons   []demand.Named[demand.ExclusionReason] `json:"exclusion_reasons" doc:"Why a case may be left out of the rates."`
	CommonSteps        []CommonStep                           `json:"common_steps" doc:"What may be done to several cases at once."`
	States             []demand.Named[State]                  `json:"states" doc:"In the order of a case's life."`
	Routes             []demand.Named[Route]                  `json:"routes"`
	Events             []demand.Named[flow.Action]            `json:"events" doc:"What happened, by the name of an event."`
	Levels             []demand.Named[string]                 `json:"levels" doc:"Of supervision, by number."`
	RequestKinds       []demand.Named[RequestKind]            `json:"request_kinds"`
	RequestStates      []demand.Named[string]                 `json:"request_states"`
	Ways               []demand.Named[string]                 `json:"ways" doc:"In which a clue is decided on."`
	InvestigationKinds []demand.Named[string]                 `json:"investigation_kinds"`
	Clocks             []demand.Named[ClockKind]              `json:"clocks"`
	Methods            []demand.Named[string]                 `json:"methods" doc:"How a reporter may be reached."`
	Contacted          []demand.Named[demand.Contact]         `json:"contacted" doc:"Answers to the first question of a call-back."`
	Solved             []demand.Named[demand.Resolution]      `json:"solved" doc:"Answers to the second."`
	Satisfied          []demand.Named[demand.Satisfaction]    `json:"satisfied" doc:"Answers to the third."`
	Targets            []demand.Named[string]                 `json:"targets" doc:"Who may lead by the dispatch catalogue."`
	Waits              []WaitKind                             `json:"waits" doc:"What a case waits for, and who does it."`
	Purposes           []demand.Named[Purpose]                `json:"purposes" doc:"What who reported is opened for."`
}

// Dictionaries returns the closed lists of handling, in the order in which
// people choose from them.
func (*Service) Dictionaries(context.Context, struct{}) (Dictionaries, error) {
	return Dictionaries{
		Outcomes: demand.Outcomes(), Causes: demand.Causes(), ExclusionReasons: demand.ExclusionReasons(), CommonSteps: commonSteps(),
		States: stateNames(), Routes: routeNames(), Events: eventNames(), Levels: levelNames(), RequestKinds: requestNames(), RequestStates: decisionNames(),
		Ways: wayNames(), InvestigationKinds: investigationNames(), Clocks: clockNames(), Methods: methodNames(),
		Contacted: demand.Contacts(), Solved: demand.Resolutions(), Satisfied: demand.Satisfactions(), Targets: targetNames(), Waits: waitNames(),
		Purposes: purposes(),
	}, nil
}
