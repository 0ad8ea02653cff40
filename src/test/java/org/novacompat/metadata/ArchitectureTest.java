// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.SQLException;

/** The arrows between the rooms: http → identity, tree → instance ← nova. */
@AnalyzeClasses(
    packages = "org.novacompat.metadata",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.novacompat.metadata";

  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("application")
          .definedBy(ROOT + ".application..")
          .layer("http")
          .definedBy(ROOT + ".http..")
          .layer("identity")
          .definedBy(ROOT + ".identity..")
          .layer("cache")
          .definedBy(ROOT + ".cache..")
          .layer("tree")
          .definedBy(ROOT + ".tree..")
          .layer("vendordata")
          .definedBy(ROOT + ".vendordata..")
          .layer("nova")
          .definedBy(ROOT + ".nova..")
          .layer("neutron")
          .definedBy(ROOT + ".neutron..")
          .layer("keystone")
          .definedBy(ROOT + ".keystone..")
          .layer("instance")
          .definedBy(ROOT + ".instance..")
          .layer("log")
          .definedBy(ROOT + ".log..")
          .layer("config")
          .definedBy(ROOT + ".config..")
          .layer("tls")
          .definedBy(ROOT + ".tls..")
          .layer("connector")
          .definedBy(ROOT + ".connector..")
          .layer("python")
          .definedBy(ROOT + ".python..")
          .layer("openapi")
          .definedBy(ROOT + ".openapi..")
          .layer("serve")
          .definedBy(ROOT + ".command.serve..")
          .layer("nat")
          .definedBy(ROOT + ".command.nat..")
          .layer("migrate")
          .definedBy(ROOT + ".command.migrate..")
          .layer("command")
          .definedBy(ROOT + ".command")
          .layer("signature")
          .definedBy(ROOT + ".signature..")
          .layer("client")
          .definedBy(ROOT + ".command.client..")
          .whereLayer("application")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("application")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("application", "http")
          .whereLayer("tree")
          .mayOnlyBeAccessedByLayers("application", "http", "cache", "vendordata", "neutron")
          .whereLayer("cache")
          .mayOnlyBeAccessedByLayers("application", "http", "identity", "neutron", "keystone")
          .whereLayer("vendordata")
          .mayOnlyBeAccessedByLayers("application")
          .whereLayer("nova")
          .mayOnlyBeAccessedByLayers("application")
          .whereLayer("connector")
          .mayOnlyBeAccessedByLayers("nova", "migrate")
          .whereLayer("neutron")
          .mayOnlyBeAccessedByLayers("application")
          .whereLayer("keystone")
          .mayOnlyBeAccessedByLayers("neutron")
          .whereLayer("openapi")
          .mayOnlyBeAccessedByLayers("application")
          .whereLayer("serve")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("nat")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("migrate")
          .mayOnlyBeAccessedByLayers("serve")
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("serve", "nat", "client", "migrate")
          .whereLayer("client")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("signature")
          .mayOnlyBeAccessedByLayers("application", "identity", "openapi", "serve", "client")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers(
              "application",
              "nova",
              "connector",
              "identity",
              "neutron",
              "keystone",
              "serve",
              "nat",
              "client",
              "migrate",
              "command")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("connector", "keystone", "serve", "client")
          .whereLayer("instance")
          .mayOnlyBeAccessedByLayers(
              "application",
              "http",
              "cache",
              "identity",
              "tree",
              "vendordata",
              "nova",
              "neutron",
              "keystone",
              "openapi");

  @ArchTest
  static final ArchRule WHAT_IS_PLUGGED_INTO_LIBERTY_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage(ROOT + ".liberty..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java..",
                  ROOT + ".liberty..",
                  "com.ibm.websphere.channelfw..",
                  "com.ibm.wsspi.."))
          .andShould()
          .onlyHaveDependentClassesThat(resideInAPackage(ROOT + ".liberty.."));

  @ArchTest
  static final ArchRule PYTHON_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage(ROOT + ".python..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", ROOT + ".python..", "com.fasterxml.jackson.."));

  @ArchTest
  static final ArchRule ROOMS_OF_NOVA =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("database")
          .definedBy(ROOT + ".nova.database..")
          .layer("objects")
          .definedBy(ROOT + ".nova.objects..")
          .layer("release")
          .definedBy(ROOT + ".nova.release..")
          .layer("instances")
          .definedBy(ROOT + ".nova.instances..")
          .layer("custommetadata")
          .definedBy(ROOT + ".nova.custommetadata..")
          .whereLayer("objects")
          .mayOnlyBeAccessedByLayers("instances", "custommetadata")
          .whereLayer("release")
          .mayOnlyBeAccessedByLayers("instances")
          .whereLayer("instances")
          .mayOnlyBeAccessedByLayers("custommetadata")
          .whereLayer("custommetadata")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule STATEMENTS_RUN_IN_ONE_WAY =
      classes()
          .that()
          .resideInAPackage(ROOT + ".nova..")
          .and()
          .resideOutsideOfPackage(ROOT + ".nova.database..")
          .should()
          .onlyDependOnClassesThat(
              not(
                  resideInAnyPackage("org.hibernate..", "jakarta.persistence..")
                      .or(resideInAPackage("java.sql").and(not(type(SQLException.class))))));

  @ArchTest
  static final ArchRule NO_CIRCLES = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONE_ROOM_ASKS_MICROPROFILE_CONFIG =
      classes()
          .that()
          .resideOutsideOfPackage(ROOT + ".config.microprofile..")
          .should()
          .onlyDependOnClassesThat(not(resideInAPackage("org.eclipse.microprofile.config..")));

  @ArchTest
  static final ArchRule OSLOS_FORMAT_KNOWS_NO_OPTION =
      classes()
          .that()
          .resideInAPackage(ROOT + ".config.oslo..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", ROOT + ".config.oslo..", ROOT + ".python.."));

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_FRAMEWORK =
      classes()
          .that()
          .resideInAPackage(ROOT + ".instance..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", ROOT + ".instance..", ROOT + ".python.."));

  @ArchTest
  static final ArchRule TREES_KNOW_NO_OTHER_TREE =
      slices().matching(ROOT + ".tree.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule WHAT_TREES_SHARE_KNOWS_NO_TREE =
      classes()
          .that()
          .resideInAPackage(ROOT + ".tree")
          .should()
          .onlyDependOnClassesThat(not(resideInAPackage(ROOT + ".tree.*..")));

  @ArchTest
  static final ArchRule THE_TREES_KNOW_NEITHER_SERVLETS_NOR_TABLES =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".tree..", ROOT + ".identity..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAnyPackage("jakarta..", "org.hibernate..", "java.sql..")));
}
