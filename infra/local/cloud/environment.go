package cloud

import (
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// What the emulator takes for its root: the account's owner, bound by no policy.
const (
	Region          = "us-east-1"
	AccessKeyID     = "test"
	SecretAccessKey = "test" // the emulator's, worth nothing elsewhere
)

// Environment is this process's environment without any AWS setting of the
// person's own, plus what leads to the emulator at url.
func Environment(url string) []string {
	var list []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "AWS_") && !strings.HasPrefix(variable, "SAM_") {
			list = append(list, variable)
		}
	}
	return append(list,
		"AWS_ENDPOINT_URL="+url, "AWS_REGION="+Region, "AWS_DEFAULT_REGION="+Region,
		"AWS_ACCESS_KEY_ID="+AccessKeyID, "AWS_SECRET_ACCESS_KEY="+SecretAccessKey,
		"AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "AWS_EC2_METADATA_DISABLED=true")
}

// Config leads AWS clients to the emulator at url.
func Config(url string) aws.Config {
	return aws.Config{
		Region: Region, BaseEndpoint: &url,
		Credentials: credentials.NewStaticCredentialsProvider(AccessKeyID, SecretAccessKey, ""),
	}
}
