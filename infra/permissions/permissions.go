// Package permissions compares what the template lets each function do with what the functions did while the tests ran.
//
// Least privilege has two sides. A missing permission shows at once: the local emulator checks every call against the function's
// role and refuses it. A permission too many shows nowhere, so it is looked for: the emulator also keeps which (function, action)
// was used, and what is granted and never used, after all scenarios, is a finding.
package permissions

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mesa/infra/stack"
)

// Permission is one action that one function may take or took. Resources are not compared: the emulator checks them.
type Permission struct {
	Function string // its folder: mail-in
	Action   string // dynamodb:PutItem
}

// Granted lists what the template grants to its functions, sorted. What only the service that calls the function needs, to poll a
// queue or a stream in its name, is left out: no code of ours does it.
func Granted(t stack.Template) []Permission {
	var list []Permission
	for _, r := range t.OfType("AWS::Serverless::Function") {
		for _, s := range r.Statements {
			for _, action := range s.Actions {
				if !polls(action) {
					list = append(list, Permission{Function: folder(r), Action: action})
				}
			}
		}
	}
	return tidy(list)
}

// Use is one row of the emulator's report: somebody tried an action, and was let or not.
type Use struct {
	Function string `json:"function"` // the function's full name: mesa-mail-in
	Action   string `json:"action"`
	Allowed  bool   `json:"allowed"`
	Example  string `json:"example"` // a resource it was tried on
}

// ReadUses reads the emulator's report, the answer of GET /_local/permissions.
func ReadUses(text []byte) ([]Use, error) {
	var uses []Use
	if err := json.Unmarshal(text, &uses); err != nil {
		return nil, fmt.Errorf("read the report of permissions: %w", err)
	}
	return uses, nil
}

// Unused lists what is granted and was never used by a stack of that name.
func Unused(granted []Permission, uses []Use, stackName string) []Permission {
	used := map[Permission]bool{}
	for _, u := range uses {
		if u.Allowed {
			used[u.permission(stackName)] = true
		}
	}
	var list []Permission
	for _, p := range granted {
		if !used[p] {
			list = append(list, p)
		}
	}
	return list
}

// Refused lists what functions of the stack tried and may not: each is a bug, of the template or of the code.
func Refused(uses []Use, stackName string) []Permission {
	var list []Permission
	for _, u := range uses {
		if !u.Allowed && strings.HasPrefix(u.Function, stackName+"-") {
			list = append(list, u.permission(stackName))
		}
	}
	return tidy(list)
}

func (u Use) permission(stackName string) Permission {
	return Permission{Function: strings.TrimPrefix(u.Function, stackName+"-"), Action: u.Action}
}

// polls says whether Lambda itself takes an action in a function's name: reading its queue or stream, and parking what failed.
func polls(action string) bool {
	return slices.Contains([]string{
		"dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams",
		"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility", "sqs:SendMessage",
	}, action)
}

func folder(r stack.Resource) string {
	return strings.TrimSuffix(strings.TrimPrefix(stack.Text(r.Properties["CodeUri"]), "functions/"), "/")
}

func tidy(list []Permission) []Permission {
	slices.SortFunc(list, func(a, b Permission) int {
		return strings.Compare(a.Function+" "+a.Action, b.Function+" "+b.Action)
	})
	return slices.Compact(list)
}
