// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;

class AuthRequestBuilderTest {
  private static final String URL = "auth_url = http://keystone:5000/v3\n";

  @ParameterizedTest
  @ValueSource(strings = {"password", "v3password"})
  void passwordWithNames(String type) {
    assertEquals(
        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'password':'pw',"
            + "'name':'nova','domain':{'name':'Users'}}}},"
            + "'scope':{'project':{'name':'service','domain':{'name':'Projects'}}}}}",
        body(
            "auth_type = "
                + type
                + "\nusername = nova\npassword = pw\nuser_domain_name = Users\n"
                + "project_name = service\nproject_domain_name = Projects\n"));
  }

  @Test
  void passwordWithIdsWhichGoBeforeNames() {
    assertEquals(
        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'password':'pw',"
            + "'id':'u1'}}},'scope':{'project':{'id':'p1'}}}}",
        body(
            "auth_type = password\nusername = nova\nuser_id = u1\npassword = pw\n"
                + "project_id = p1\nproject_name = service\n"));
  }

  @Test
  void defaultDomainIsThatOfUserAndProject() {
    assertEquals(
        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'password':'pw',"
            + "'name':'nova','domain':{'id':'default'}}}},"
            + "'scope':{'project':{'name':'service','domain':{'id':'default'}}}}}",
        body(
            "auth_type = password\nusername = nova\npassword = pw\nproject_name = service\n"
                + "default_domain_id = default\n"));
  }

  @Test
  void earlierNamesOfOptions() {
    assertEquals(
        "{'auth':{'identity':{'methods':['password'],'password':{'user':{'password':'pw',"
            + "'name':'nova'}}},'scope':{'project':{'name':'service'}}}}",
        body("auth_plugin = password\nuser_name = nova\npassword = pw\ntenant_name = service\n"));
  }

  @Test
  void applicationCredentialById() {
    assertEquals(
        "{'auth':{'identity':{'methods':['application_credential'],"
            + "'application_credential':{'secret':'s','id':'ac'}}}}",
        body(
            "auth_type = v3applicationcredential\napplication_credential_id = ac\n"
                + "application_credential_secret = s\n"));
  }

  @Test
  void applicationCredentialByNameAndUser() {
    assertEquals(
        "{'auth':{'identity':{'methods':['application_credential'],"
            + "'application_credential':{'secret':'s','name':'ac',"
            + "'user':{'name':'nova','domain':{'id':'d1'}}}}}}",
        body(
            "auth_type = v3applicationcredential\napplication_credential_name = ac\n"
                + "application_credential_secret = s\nusername = nova\nuser_domain_id = d1\n"));
  }

  @Test
  void token() {
    assertEquals(
        "{'auth':{'identity':{'methods':['token'],'token':{'id':'t'}},"
            + "'scope':{'project':{'id':'p1'}}}}",
        body("auth_type = v3token\ntoken = t\nproject_id = p1\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "domain_id = d1 | {'domain':{'id':'d1'}}",
        "domain_name = D | {'domain':{'name':'D'}}",
        "trust_id = t1 | {'OS-TRUST:trust':{'id':'t1'}}",
        "system_scope = all | {'system':{'all':true}}",
      })
  void otherScopes(String option, String scope) {
    assertEquals(
        "{'auth':{'identity':{'methods':['token'],'token':{'id':'t'}},'scope':" + scope + "}}",
        body("auth_type = token\ntoken = t\n" + option + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://keystone:5000",
        "http://keystone:5000/",
        "http://keystone:5000/v3",
        "http://keystone:5000/v3/"
      })
  void addressWithAndWithoutVersion(String url) {
    AuthMethod.Request request =
        assertInstanceOf(
            AuthMethod.Request.class,
            login("auth_type = token\ntoken = t\nauth_url = " + url + "\n"));
    assertEquals("http://keystone:5000/v3", request.keystone().toString());
  }

  @Test
  void noneAndAdminTokenDoNotAskKeystone() {
    assertEquals(new AuthMethod.FixedToken("notused"), login("auth_type = none\n"));
    assertEquals(new AuthMethod.FixedToken("t"), login("auth_type = admin_token\ntoken = t\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth_type = password;username = nova | [neutron] auth_url is not set",
        "auth_type = password;auth_url = http://k | [neutron] username or [neutron] user_id is not"
            + " set",
        "auth_type = token;auth_url = http://k | [neutron] token is not set",
        "auth_type = token;token = t;auth_url = http://k k | [neutron] auth_url is no URL",
        "auth_type = token;token = t;auth_url = http://keystone_api:5000 | [neutron] auth_url names"
            + " no host, or one with an underscore or another character that the name of a host may"
            + " not have",
        "auth_type = v3kerberos | [neutron] auth_type: v3kerberos is not supported; these are:"
            + " password, v3password, token, v3token, v3applicationcredential, admin_token, none,"
            + " noauth",
        "auth_type = token;token = t;project_id = p;domain_id = d | [neutron] asks for a token of"
            + " more than one of domain_id or domain_name, project_id or project_name",
        "auth_section = placement | [placement] auth_type is not set, and [neutron] auth_section"
            + " looks there",
        "auth_section = placement;[placement];auth_type = password;username = n | [placement]"
            + " auth_url is not set",
      })
  void whatCannotWorkNamesTheOption(String options, String sentence) {
    assertEquals(new AuthMethod.Misconfigured(sentence), login(options.replace(';', '\n') + "\n"));
  }

  @Test
  void secretsDoNotShow() {
    String login = login("auth_type = password\nusername = nova\npassword = pw\n" + URL).toString();
    assertFalse(login.contains("pw"), login);
    assertFalse(login("auth_type = admin_token\ntoken = t0k\n").toString().contains("t0k"));
  }

  @Test
  void anotherSectionLogsIn() {
    assertEquals(
        login("auth_type = password\nuser_name = nova\npassword = pw\n" + URL),
        login(
            "auth_section = placement\nusername = other\n"
                + "[placement]\nauth_plugin = password\nuser_name = nova\npassword = pw\n"
                + URL));
  }

  private static AuthMethod login(String options) {
    NovaConf conf = Conf.of("[neutron]\n" + options);
    return new AuthRequestBuilder(conf, Catalogue.NEUTRON.followed(conf)).method();
  }

  private static String body(String options) {
    AuthMethod.Request request = assertInstanceOf(AuthMethod.Request.class, login(options + URL));
    return request.body().toString().replace('"', '\'');
  }
}
