package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    private static final String LONGEST_BUCKET = "b".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://lake",
                "s3://lake/",
                "s3://abc/logs",
                "s3://1-lake.of-2026.x/logs",
                "s3://192.168.1/logs",
                "s3://192.168.1.1.lake/logs",
                "s3://192.168.1.1a/logs",
                "s3://xn-lake/logs",
                "s3://lake-xn--1/logs-s3alias",
                "s3://lake-s3alias-1/logs",
                "s3://s3alias/logs",
                "s3://lake/a/b=c/..d/e../.f/.../g.h",
                "s3://lake/a+b,c&d=e@f:g;h$i!j(k)",
                "s3://lake/donn\u00e9es"
            })
    void ordinaryLocationsAreAccepted(String location) {
        assertThat(S3Location.objection(location)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lake/logs, does not begin with s3://",
        "s3:/lake, does not begin with s3://",
        "s3a://lake, does not begin with s3://",
        "S3://lake, does not begin with s3://",
        "s3://, 3 to 63 characters",
        "s3:///logs, 3 to 63 characters",
        "s3://ab/logs, 3 to 63 characters",
        "s3://Lake/logs, lower-case letters",
        "s3://my_lake/logs, lower-case letters",
        "s3://-lake/logs, lower-case letters",
        "s3://lake-/logs, lower-case letters",
        "s3://.lake/logs, lower-case letters",
        "s3://lake./logs, lower-case letters",
        "s3://lake:443/logs, lower-case letters",
        "s3://user@lake/logs, lower-case letters",
        "s3://l\u00e4ke/logs, lower-case letters",
        "s3://my..lake/logs, two dots in a row",
        "s3://192.168.1.1/logs, an IP address",
        "s3://999.1.1.1/logs, an IP address",
        "s3://xn--lake/logs, begin with 'xn--'",
        "s3://sthree-lake/logs, begin with 'sthree-'",
        "s3://amzn-s3-demo-lake/logs, begin with 'amzn-s3-demo-'",
        "s3://lake-s3alias/logs, end with '-s3alias'",
        "s3://lake--ol-s3/logs, end with '--ol-s3'",
        "s3://lake.mrap/logs, end with '.mrap'",
        "s3://lake--x-s3/logs, end with '--x-s3'",
        "s3://lake--table-s3/logs, end with '--table-s3'",
    })
    void whatIsNoBucketIsRefused(String location, String reason) {
        assertThat(S3Location.objection(location))
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    @Test
    void aBucketHasAtMost63Characters() {
        assertThat(S3Location.objection("s3://" + LONGEST_BUCKET)).isEmpty();
        assertThat(S3Location.objection("s3://" + LONGEST_BUCKET + "b")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/../b", "..", "../a", "a/..", "a/../", "./a", "a/./b", "a/.", ".", "a//b", "/a", "a//", "/", "//"
            })
    void segmentsThatClientsResolveAreRefused(String key) {
        assertThat(S3Location.objection("s3://lake/" + key)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?", "#", " ", "'", "\"", "`", "\\", "{", "}", "[", "]", "*", "^", "%", "<", ">", "~", "|", "\t", "\n",
                "\r", "\0", "\u0007", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u200b", "\u202e", "\u2028", "\u3000",
                "\ufeff", "\ud800"
            })
    void charactersWithAMeaningAndThoseThatNobodySeesAreRefusedWhereverTheyAre(String character) {
        for (String key : new String[] {character, character + "a", "a" + character + "b", "a/b" + character + "/c"}) {
            assertThat(S3Location.objection("s3://lake/" + key)).as(key).isPresent();
            assertThat(S3Location.objection("s3://la" + character + "ke/a")).isPresent();
        }
    }

    @Test
    void aCharacterThatNobodySeesIsNamed() {
        assertThat(S3Location.objection("s3://lake/a\u200bb")).contains("it contains U+200B ZERO WIDTH SPACE");
        assertThat(S3Location.objection("s3://lake/a\\b")).contains("it contains the character \\");
    }

    @Test
    void filesBelowALocationHaveRoomForTheirNames() {
        String longest = "s3://lake/" + "a".repeat(S3Location.LONGEST_KEY);
        assertThat(S3Location.objection(longest)).isEmpty();
        assertThat(S3Location.objection(longest + "/")).isEmpty();
        assertThat(S3Location.objection(longest + "a")).isPresent();
        // bytes, not characters
        assertThat(S3Location.objection("s3://lake/" + "\u00e9".repeat(S3Location.LONGEST_KEY / 2)))
                .isEmpty();
        assertThat(S3Location.objection("s3://lake/" + "\u00e9".repeat(S3Location.LONGEST_KEY / 2) + "a"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/data, s3://lake/data, true",
        "s3://lake/data/temp, s3://lake/data, true",
        "s3://lake, s3://lake/data, true",
        "s3://lake/temp, s3://lake/temp/lake/data, true",
        "s3://lake/temp, s3://lake/data, false",
        "s3://lake/data2, s3://lake/data, false",
        "s3://lake/dat, s3://lake/data, false",
        "s3://lake/Data, s3://lake/data, false",
        "s3://lake2, s3://lake/data, false",
        "s3://other/data, s3://lake/data, false",
    })
    void oneLocationMayLieInAnother(String one, String other, boolean overlap) {
        assertThat(S3Location.overlap(one, other)).isEqualTo(overlap);
        assertThat(S3Location.overlap(other, one)).isEqualTo(overlap);
    }
}
