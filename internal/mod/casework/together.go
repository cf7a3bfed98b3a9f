package casework

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// CommonStep is a step that may be taken for several cases at once, because
// nothing in it is decided case by case.
type CommonStep struct {
	Action     flow.Action      `json:"action" enum:"accept,dispatch,sign"`
	Name       i18n.Text        `json:"name"`
	State      State            `json:"state" doc:"Where a case must stand for it."`
	Permission authz.Permission `json:"permission"`
}

// commonSteps lists them in the order in which a case comes to them.
func commonSteps() []CommonStep {
	return []CommonStep{
		{doAccept, i18n.T("受理", "Accept"), Received, Triage},
		{doDispatch, i18n.T("按目录派单", "Dispatch by the catalogue"), Accepted, Dispatch},
		{doSign, i18n.T("签收", "Sign for"), Dispatched, Handle},
	}
}

// TakeStepsInput names a step and the cases for which it is taken.
type TakeStepsInput struct {
	Body struct {
		IDs    []string `json:"ids" minItems:"1" maxItems:"200"`
		Action string   `json:"action" enum:"accept,dispatch,sign" doc:"dispatch sends each where the catalogue says."`
	}
}

// Validate refuses a case that is named twice.
func (in TakeStepsInput) Validate() error {
	ids := slices.Sorted(slices.Values(in.Body.IDs))
	if len(slices.Compact(ids)) < len(in.Body.IDs) {
		return fault.Field("ids", i18n.T("有一件写了两次", "a case is there twice"))
	}
	return nil
}

// StepsTaken answers for each case.
type StepsTaken struct {
	Items []StepTaken `json:"items" doc:"In the order in which the cases were named."`
}

// StepTaken is what became of the step of one case.
type StepTaken struct {
	ID      string           `json:"id"`
	Refused *httpapi.Problem `json:"refused,omitempty" doc:"Why it was not taken; absent where it was."`
}

// TakeSteps takes one step of several cases, each by itself: what is refused
// for one, or fails, is said in its answer and hinders no other. Each step asks
// for the permission that it asks for when it is taken alone.
func (s *Service) TakeSteps(ctx context.Context, in TakeStepsInput) (StepsTaken, error) {
	taken := StepsTaken{Items: make([]StepTaken, len(in.Body.IDs))}
	for i, id := range in.Body.IDs {
		taken.Items[i].ID = id
		if err := s.takeStep(ctx, flow.Action(in.Body.Action), id); err != nil {
			taken.Items[i].Refused = httpapi.ProblemOf(ctx, err)
		}
	}
	return taken, nil
}

func (s *Service) takeStep(ctx context.Context, a flow.Action, id string) (err error) {
	switch a {
	case doAccept:
		_, err = s.Accept(ctx, Reasoned{ID: id})
	case doDispatch:
		_, err = s.dispatchAsSuggested(ctx, id)
	case doSign:
		_, err = s.Sign(ctx, ByID{ID: id})
	default:
		err = fault.Field("action", i18n.T("这一步须逐件办理", "this step is taken case by case"))
	}
	return err
}

// dispatchAsSuggested sends a case where the page of the case would suggest
// it, and refuses one of which the catalogue says nothing: a person sends it.
func (s *Service) dispatchAsSuggested(ctx context.Context, id string) (Case, error) {
	return s.onCase(ctx, id, string(doDispatch), func(tx *db.Tx, c Case) (Case, error) {
		as, err := assignments(tx.Reader, id)
		if err != nil {
			return c, err
		}
		if _, err := allowed(ctx, c, as, doDispatch); err != nil {
			return c, err
		}
		target, err := s.suggest(tx.Reader, c, as)
		if err != nil {
			return c, err
		}
		if target == nil {
			return c, fault.New(fault.Conflict, i18n.T("派单目录没有指明可承办的单位", "the dispatch catalogue names no unit that could handle it")).
				WithFix(i18n.T("请打开本件，选择承办单位", "open the case and choose the unit"))
		}
		return s.send(ctx, tx, c, *target, Event{Detail: map[string]any{"rule": target.Rule}})
	})
}

// send dispatches a case by a person's hand: after so many returns the unit is
// designated, whoever chose it.
func (s *Service) send(ctx context.Context, tx *db.Tx, c Case, t Target, ev Event) (Case, error) {
	must, err := s.mustDesignate(ctx, c)
	if err != nil {
		return c, err
	}
	if must {
		ev.Detail["designated"] = true
	}
	return s.dispatch(ctx, tx, c, t, ev)
}
